import { page } from './analytics/record.js';
import { showCartCount } from './frame/showCartCount.js';
import { startConsentBanner } from './frame/startConsentBanner.js';
import { startNewsletter } from './frame/startNewsletter.js';
import { startStrip } from './frame/startStrip.js';

// Runs on every page, before the page's own module: module scripts run in the order of the document.
startStrip();
page(document.body.dataset.page ?? document.title);
showCartCount();
startConsentBanner();
startNewsletter();
