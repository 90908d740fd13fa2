import { html } from "lit-html";
import { bar } from "./bar.ts";
import { composer } from "./composer.ts";
import { goToEnd } from "./conversation.ts";
import { log } from "./log.ts";
import { sayHere } from "./saying.ts";
import { sheets } from "./sheet.ts";
import { state } from "./state.ts";

/** The whole page as the state has it. */
export const page = () => html`
  ${bar()} ${log()}
  <footer class="foot">
    <div class="column">
      <button class="newer" id="newer" type="button" ?hidden=${!state.hasNewer} @click=${goToEnd}>有新消息 ↓</button>
      <p class="notice" id="notice" role="status" ?hidden=${state.notice === ""}>${state.notice}</p>
      ${phrases(state.session?.phrases ?? [])} ${composer()}
    </div>
  </footer>
  <p class="unseen" id="announcer" aria-live="polite">${state.announced}</p>
  ${sheets()}
`;

/** What the person most often says. */
const phrases = (all: readonly string[]) => html`
  <fieldset class="chips" id="chips" aria-label="常用语" ?hidden=${all.length === 0}>
    ${all.map((text) => html`<button type="button" class="chip" @click=${() => sayHere(text)}>${text}</button>`)}
  </fieldset>
`;
