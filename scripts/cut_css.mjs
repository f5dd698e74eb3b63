// Cut Tabler's stylesheet to the classes that Claimdesk's pages name, and let the dark theme follow the system when
// the page says data-bs-theme="auto".
// Use: node cut_css.mjs IN OUT WORDS (with postcss installed where it runs); WORDS is JSON: every word of the pages, and
// how classes begin and end that they make themselves (["bg-", "-lt"]).
import fs from 'node:fs';
import postcss from 'postcss';

const [, , source, target, named] = process.argv;
const { words, made } = JSON.parse(fs.readFileSync(named, 'utf8'));
const known = new Set(words);
// Themes and fonts that a page would choose by data attributes; ours choose none but light, dark and auto.
const NEVER = /\[data-vc|\[data-theme|data-bs-navbar|body\[data-bs-theme|data-bs-theme=light\]\)?[ :]|\[data-bs-theme-(font|radius|base)/;

const isNamed = (name) => known.has(name) || made.some(([begin, end]) => name.startsWith(begin) && name.endsWith(end));
const classesOf = (selector) => [...selector.matchAll(/\.((?:[\w-]|\\.)+)/g)].map((match) => match[1].replaceAll('\\', ''));
const isWanted = (selector) => !NEVER.test(selector) && classesOf(selector).every(isNamed);

const root = postcss.parse(fs.readFileSync(source, 'utf8'));

root.walkRules((rule) => {
  if (rule.parent.type === 'atrule' && /keyframes/.test(rule.parent.name)) return;
  const kept = rule.selectors.filter(isWanted);
  if (kept.length === 0) rule.remove();
  else if (kept.length < rule.selectors.length) rule.selectors = kept;
});

root.walkRules((rule) => {
  if (!rule.selector.includes('[data-bs-theme=dark]')) return;
  const media = postcss.atRule({ name: 'media', params: '(prefers-color-scheme:dark)' });
  const copy = rule.clone();
  copy.selectors = rule.selectors.filter((s) => s.includes('[data-bs-theme=dark]')).map((s) => s.replaceAll('=dark]', '=auto]'));
  media.append(copy);
  rule.after(media);
});

const text = () => root.toString();
root.walkAtRules(/keyframes/, (atRule) => {
  const uses = text().split(atRule.params).length - 1;
  if (uses < 2) atRule.remove();
});
let removed = true;
while (removed) {
  removed = false;
  root.walkAtRules(/media|supports|layer/, (atRule) => {
    if (atRule.nodes && atRule.nodes.length === 0) {
      atRule.remove();
      removed = true;
    }
  });
}
fs.writeFileSync(target, text().replace(/\/\*# sourceMappingURL=.*?\*\//g, ''));
