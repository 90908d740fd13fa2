import { render } from "lit-html";
import { receiveFiles } from "./attachments.ts";
import { restoreDraft } from "./composer.ts";
import { page } from "./page.ts";
import { start } from "./session.ts";
import { draw, drawBy, state } from "./state.ts";

const root = document.querySelector("#page") as HTMLElement;
// What index.html shows while the modules load.
root.replaceChildren();
drawBy(() => {
  render(page(), root);
  document.title = state.unseen > 0 ? `（${state.unseen}）蓝天` : "蓝天";
});
draw();
receiveFiles();
restoreDraft();
start(restoreDraft);
