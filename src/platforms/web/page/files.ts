import { html, nothing } from "lit-html";
import type { DrawnFile } from "../../../chat/card.ts";
import { draw, state } from "./state.ts";
import { asTab } from "./tab.ts";

/** The files of a card: pictures in place, each a link to itself in full, the others as links to download. */
export function drawFiles(files: readonly DrawnFile[]) {
  const { pictures = [], others = [] } = Object.groupBy(files, ({ picture }) =>
    picture ? "pictures" : "others",
  );
  return html`
    ${pictures.length > 0 ? html`<div class="card-pictures">${pictures.map(drawPicture)}</div>` : nothing}
    ${others.length > 0 ? html`<ul class="card-files">${others.map(drawDownload)}</ul>` : nothing}
  `;
}

function drawPicture(file: DrawnFile) {
  const failed = () => {
    state.broken.add(file.token);
    draw();
  };
  // A picture that isn't there for its reader any more: the link says why.
  if (state.broken.has(file.token)) return linkTo(file, "card-picture", `${file.name}（打不开，点此看原因）`);
  const image = html`<img src=${fileAddress(file)} alt=${file.name} loading="lazy" decoding="async" @error=${failed}>`;
  return linkTo(file, "card-picture", image);
}

const drawDownload = (file: DrawnFile) => html`<li>${linkTo(file, "card-file", file.name)}</li>`;

/** In a tab of its own, so that a refusal is read there and the conversation stays. */
const linkTo = (file: DrawnFile, kind: string, content: unknown) =>
  html`<a class=${kind} href=${fileAddress(file)} target="_blank" rel="noopener" title=${file.name}>${content}</a>`;

/** Where a browser loads it. */
export const fileAddress = ({ token }: DrawnFile) => asTab(`/files/${token}`);
