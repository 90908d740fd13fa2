import type { ConsoleCommand, Persona, Session } from "../console.ts";
import { el } from "./dom.ts";
import { drawPeople } from "./people.ts";

export type WelcomeDoors = {
  choose(id: number | null): void;
  /** Puts text into the input and leaves the rest to the person. */
  type(text: string): void;
};

/** What stands where no message is yet: choose who to be, how to link, or what to ask. */
export function drawWelcome(session: Session, asStranger: boolean, doors: WelcomeDoors): HTMLElement {
  if (session.persona) return drawGreeting(session.persona, session.commands, doors);
  return session.demo && !asStranger ? drawChoice(session, doors) : drawStranger(doors);
}

/** What a newcomer tries first, as far as they may. */
const firstSteps = ["today", "county", "city", "ranking", "assign", "lagging", "report", "issues", "help"];

function drawGreeting(
  persona: Persona,
  commands: readonly ConsoleCommand[],
  doors: WelcomeDoors,
): HTMLElement {
  const cards = commands
    .filter(({ name }) => firstSteps.includes(name))
    .toSorted((a, b) => firstSteps.indexOf(a.name) - firstSteps.indexOf(b.name))
    .map((command) => {
      const button = el(
        "button",
        { type: "button", class: "hint" },
        el("span", { class: "hint-does" }, command.does),
        el("span", { class: "hint-example" }, command.example),
      );
      button.addEventListener("click", () => doors.type(command.example));
      return button;
    });
  return el(
    "section",
    { class: "welcome" },
    el("h2", {}, `您好，${persona.name}`),
    el("p", {}, "直接说要看什么，或点下面的常用语；到时的通报和提醒会自己出现在这里。"),
    el("div", { class: "hints" }, ...cards),
  );
}

function drawChoice(session: Session, doors: WelcomeDoors): HTMLElement {
  return el(
    "section",
    { class: "welcome" },
    el("h2", {}, "先选一个身份"),
    el("p", {}, "这里是演示环境：不同身份看到的县区、任务和按钮不同，随时可在右上角更换。"),
    drawPeople(session.people, null, doors.choose),
  );
}

function drawStranger(doors: WelcomeDoors): HTMLElement {
  const start = el("button", { type: "button", class: "button", "data-style": "primary" }, "填写邀请码");
  start.addEventListener("click", () => doors.type("绑定 "));
  return el(
    "section",
    { class: "welcome welcome-stranger" },
    el("img", { src: "/assets/mark.svg", alt: "", width: 56, height: 56 }),
    el("h2", {}, "您还没有绑定身份"),
    el(
      "ol",
      {},
      el("li", {}, "向市联席会议办公室索取邀请码；"),
      el("li", {}, "在下方发送：", el("b", {}, "绑定 邀请码"), "。"),
    ),
    el("p", {}, "绑定以后，这个浏览器就能查询和接收通知，不用再登录。"),
    start,
  );
}
