import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import type { ConsoleMessage } from "../console.ts";
import { cardTemplate } from "./card.ts";
import { scrolled, showEarlier } from "./conversation.ts";
import { dayOf, dayTitle, timeOf } from "./day.ts";
import { draw, state, type Unanswered } from "./state.ts";
import { welcomeScreen } from "./welcome.ts";

/** The conversation: messages in their order under their days, and what was said and isn't among them yet. */
export const log = () => html`
  <main class="log" id="log" tabindex="-1" aria-label="与蓝天的对话" @scroll=${scrolled}>
    <div class="column" id="messages">
      <button type="button" class="older" ?hidden=${!state.hasOlder} aria-busy=${state.busy.has("older") || nothing}
        @click=${showEarlier}>更早的消息</button>
      ${state.messages.size + state.sayings.length === 0 ? welcomeScreen() : conversation()}
    </div>
  </main>
`;

function conversation() {
  const messages = [...state.messages.values()].sort((a, b) => a.id - b.id);
  const rows = [
    ...messages.map((each, i) => ({
      key: each.id,
      place: each.id,
      drawn: drawMessage(each, messages[i - 1]),
    })),
    ...state.sayings.map((each) => ({
      key: each,
      place: each.failed?.place ?? Infinity,
      drawn: drawSaying(each),
    })),
  ];
  rows.sort((a, b) => a.place - b.place);
  return repeat(
    rows,
    ({ key }) => key,
    ({ drawn }) => drawn,
  );
}

function drawMessage(message: ConsoleMessage, before: ConsoleMessage | undefined) {
  const { id, at, from, push, text, card } = message;
  // The next change is shown, too: the class goes when its animation has ended.
  const shown = () => state.changed.delete(id) && draw();
  return html`
    ${dayOf(at) !== dayOf(before?.at ?? "") ? html`<p class="day">${dayTitle(at, state.session?.now ?? "")}</p>` : nothing}
    <div class="message from-${from} ${state.changed.has(id) ? "is-changed" : ""}" id="message-${id}" @animationend=${shown}>
      <span class="unseen">${from === "me" ? "我说：" : "蓝天："}</span>
      <p class="meta">
        <time datetime=${at.replace(" ", "T")}>${timeOf(at)}</time>
        ${push ? html`<span class="push">推送</span>` : nothing}
      </p>
      <div class="message-body">
        ${text ? html`<p class="bubble">${text}</p>` : nothing} ${card && cardTemplate(card, message)}
      </div>
    </div>
  `;
}

const drawSaying = ({ text, echoed, failed }: Unanswered) => html`
  <div class="message from-me ${failed ? "" : "is-pending"}" ?hidden=${echoed}>
    <div class="message-body"><p class="bubble">${text}</p></div>
  </div>
  ${
    failed
      ? html`<p class="failed" role="alert">${failed.why}<button class="retry" @click=${failed.again}>重新发送</button></p>`
      : html`<p class="waiting" aria-hidden="true"><i></i><i></i><i></i></p>`
  }
`;
