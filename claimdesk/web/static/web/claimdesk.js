// The furniture's behaviour. Everything essential works without it.
import './claims.js';
import './decision.js';
import './dialog.js';
import './forms.js';
import './keys.js';
import './live.js';
import './menus.js';
import './messages.js';
import './paper.js';
import './preview.js';
import './rows.js';
import './tabs.js';
import './upload.js';
