import { html, nothing } from "lit-html";
import type { ClockMove } from "../console.ts";
import { api } from "./api.ts";
import { dayTitle, forInput, nextMondayAtNine } from "./day.ts";
import { notice, once } from "./notice.ts";
import { refreshSession } from "./session.ts";
import { openSheet } from "./sheet.ts";
import { state } from "./state.ts";

const steps: [string, ClockMove][] = [
  ["+1小时", { advance: "PT1H" }],
  ["+1天", { advance: "P1D" }],
  ["+1周", { advance: "P7D" }],
];

/** The control that moves a demonstration's time. */
export function openClock(): void {
  const now = state.session?.now ?? "";
  const monday = nextMondayAtNine(now);
  const busy = () => state.busy.has("clock") || nothing;
  let fault = "";

  const go = (to: ClockMove) =>
    once(
      "clock",
      async () => {
        await move(to);
        close();
      },
      (why) => {
        fault = why;
      },
    );
  const set = (event: SubmitEvent) => {
    event.preventDefault();
    const at = String(new FormData(event.currentTarget as HTMLFormElement).get("at"));
    if (at !== "") go({ set: at.slice(0, 16) });
  };
  const button = (title: string, to: ClockMove, hint = "") => html`
    <button type="button" class="button" data-style="plain" aria-busy=${busy()} @click=${() => go(to)}
      >${title}${hint && html`<span class="button-hint">${hint}</span>`}</button>
  `;
  const content = () => html`
    <div class="clock">
      <p class="form-about">时间走过时，到点的通报、预警和提醒会照常送出。</p>
      ${button("下一个周一09:00", { set: monday }, dayTitle(monday, now))}
      <div class="clock-steps">${steps.map(([title, to]) => button(title, to))}</div>
      <form class="clock-set" novalidate @submit=${set}>
        <label for="clock-set">拨到</label>
        <input type="datetime-local" class="input" id="clock-set" name="at" value=${forInput(now)} required>
        <button type="submit" class="button" data-style="primary" aria-busy=${busy()}>设定</button>
      </form>
      <p class="form-fault" role="alert" ?hidden=${fault === ""}>${fault}</p>
    </div>
  `;
  const close = openSheet("演示时钟", content, { at: "corner" });
}

async function move(to: ClockMove) {
  const { now, slots, deliveries } = await api.clock(to);
  await refreshSession();
  const ran = slots > 0 ? `运行定时任务 ${slots} 次，` : "没有到点的定时任务，";
  notice(`已到 ${now}：${ran}送出推送 ${deliveries} 条。`, { brief: true });
}
