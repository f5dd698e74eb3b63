// Cut Tabler's stylesheet to the families of classes that Claimdesk's pages use, and let the dark theme
// follow the system when the page says data-bs-theme="auto".
// Use: node cut_css.mjs IN OUT (with postcss installed where it runs).
import fs from 'node:fs';
import postcss from 'postcss';

const UNUSED = new RegExp(
  '\\.(' +
    [
      'navbar', 'offcanvas', 'modal', 'carousel', 'accordion', 'popover', 'tooltip', 'bs-', 'dropend', 'dropstart', 'dropup',
      'dropdown-menu-(columns|column|card|sm|md|lg|xl|xxl)', 'legend', 'sparkline', 'signal', 'strength', 'otp', 'calendar',
      'chat', 'signature', 'ribbon', 'object-', 'columns-', 'ratio', 'placeholder-', 'animated', 'mention', 'tag', 'sortable',
      'img-', 'layout-', 'theme-', 'switch-', 'progressbg', 'chart', 'apexcharts', 'theme', 'settings', 'divide-', 'grid',
      'img', 'float-', 'tracking-', 'float', 'toast', 'form-floating', 'form-imagecheck', 'form-colorinput', 'form-colorpicker',
      'form-selectgroup', 'form-range', 'input-group-(sm|lg)', 'btn-(facebook|twitter|google|youtube|vimeo|dribbble|github|instagram|pinterest|vk|rss|flickr|bitbucket|tabler|x|linkedin|tiktok|floating|animate|loading|lime|cyan|teal|pink|purple|indigo|orange|azure|blue|green|yellow|red|muted|dark|light|white|info)',
      'btn-ghost-(facebook|x|twitter|lime|cyan|teal|pink|purple|indigo|orange|azure|info|dark|light)',
      'btn-outline-(facebook|x|lime|cyan|teal|pink|purple|indigo|orange|azure|info|dark|light)',
      '(text|bg)-(facebook|x|twitter|linkedin|google|youtube|vimeo|dribbble|github|instagram|pinterest|vk|rss|flickr|bitbucket|tabler|tiktok)',
      'bg-gradient', 'bg-pattern', 'bg-cover', 'link-', 'list-timeline', 'list-group-item-', 'was-validated', 'valid', 'is-valid',
      'focus-ring', 'text-bg', 'border-(x|y)', 'nav-segmented', 'segmented', 'typing', 'dropzone', 'ts-', 'noUi', 'litepicker', 'jvm',
      'plyr', 'hljs', 'fslightbox', 'star-rating', 'tox', 'coloris', 'cookie', 'pricing', 'social', 'payment', 'flag', 'icon-(filled|tada|pulse|rotate)',
      'page-(body-card|tabs|center)', 'status-indicator', 'card-(rotate|link-rotate|link-pop|stacked|gradient|img|group|cover|tabs|inactive)', 'avatar-(upload|cover)', 'demo', 'offset-', 'vstack', 'hstack',
      '(col|row|g|gx|gy|row-cols|order|m|mt|mb|ms|me|mx|my|p|pt|pb|ps|pe|px|py|d|flex|justify-content|align-items|align-content|align-self|gap|text|float|w|h|container)(-[a-z]+)*-(xl|xxl)(-|\\b)',
      '(m|mt|mb|ms|me|mx|my|p|pt|pb|ps|pe|px|py|gx|gy|g|gap|row-gap|column-gap|order|align-content|align-self|flex|row-cols)-(sm|md|lg)-',
    ].join('|') +
    ')|\\[data-vc|\\[data-theme|data-bs-navbar|body\\[data-bs-theme|data-bs-theme=light\\]\\)?[ :]|\\[data-bs-theme-(font|radius|base)'
);

const [, , source, target] = process.argv;
const root = postcss.parse(fs.readFileSync(source, 'utf8'));

root.walkRules((rule) => {
  if (rule.parent.type === 'atrule' && /keyframes/.test(rule.parent.name)) return;
  const kept = rule.selectors.filter((selector) => !UNUSED.test(selector));
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
