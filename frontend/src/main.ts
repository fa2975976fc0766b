/**
 * What every page loads: the style, htmx and the islands that the page holds.
 *
 * The shell gives its sentences on the body:
 *   <body hx-headers='{"X-CSRFToken": "…"}' data-label-still-working="Still working"
 *         data-label-failed="That didn't work. …" data-label-offline="You're offline. …">
 */
import "./ui/app.css";
import { beBusyOnSubmit } from "./ui/busy";
import { setUpHtmx } from "./ui/htmx-setup";
import { wakeIslands } from "./ui/islands";
import { watchNetwork } from "./ui/offline-strip";

setUpHtmx(document);
wakeIslands(document);
beBusyOnSubmit(document);
watchNetwork(document);
