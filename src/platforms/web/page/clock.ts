import type { ClockMove } from "../console.ts";
import { messageOf } from "./api.ts";
import { dayTitle, forInput, nextMondayAtNine, timeOf } from "./day.ts";
import { byId, el } from "./dom.ts";
import { openSheet } from "./sheet.ts";

/** The office's time in the top bar; in a demonstration it opens the control that moves it. */
export function clock(move: (to: ClockMove) => Promise<void>) {
  const button = byId("clock", HTMLButtonElement);
  let now = "";
  button.addEventListener("click", () => openControl(now, move));
  return {
    show(time: { now: string; weekday: string }) {
      now = time.now;
      button.replaceChildren(
        el("span", { class: "bar-year" }, now.slice(0, 5)),
        el("span", { class: "bar-date" }, `${now.slice(5, 10)} ${time.weekday} `),
        el("b", {}, timeOf(now)),
      );
    },
    movable(yes: boolean) {
      button.disabled = !yes;
      if (yes) button.setAttribute("aria-haspopup", "dialog");
      button.title = yes ? "拨动演示时钟" : "";
    },
    now: () => now,
  };
}

function openControl(now: string, move: (to: ClockMove) => Promise<void>): void {
  const fault = el("p", { class: "form-fault", role: "alert", hidden: true });
  const input = el("input", {
    type: "datetime-local",
    class: "input",
    id: "clock-set",
    value: forInput(now),
    required: true,
  });
  const monday = nextMondayAtNine(now);
  const steps: [string, ClockMove][] = [
    ["+1小时", { advance: "PT1H" }],
    ["+1天", { advance: "P1D" }],
    ["+1周", { advance: "P7D" }],
  ];

  const stepButton = (title: string, to: ClockMove, hint = "") => {
    const button = el("button", { type: "button", class: "button", "data-style": "plain" }, title);
    if (hint) button.append(el("span", { class: "button-hint" }, hint));
    button.addEventListener("click", () => go(to));
    return button;
  };
  const set = el(
    "form",
    { class: "clock-set", novalidate: true },
    el("label", { for: "clock-set" }, "拨到"),
    input,
    el("button", { type: "submit", class: "button", "data-style": "primary" }, "设定"),
  );
  const content = el(
    "div",
    { class: "clock" },
    el("p", { class: "form-about" }, "时间走过时，到点的通报、预警和提醒会照常送出。"),
    stepButton("下一个周一09:00", { set: monday }, dayTitle(monday, now)),
    el("div", { class: "clock-steps" }, ...steps.map(([title, to]) => stepButton(title, to))),
    set,
    fault,
  );
  const sheet = openSheet("演示时钟", content, { at: "corner" });

  const go = async (to: ClockMove) => {
    const buttons = content.querySelectorAll("button");
    for (const button of buttons) button.disabled = true;
    content.setAttribute("aria-busy", "true");
    try {
      await move(to);
      sheet.close();
    } catch (error) {
      fault.textContent = messageOf(error);
      fault.hidden = false;
    } finally {
      content.removeAttribute("aria-busy");
      for (const button of buttons) button.disabled = false;
    }
  };
  set.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value !== "") go({ set: input.value.slice(0, 16) });
  });
}
