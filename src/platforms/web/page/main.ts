import type { DrawnButton } from "../../../chat/card.ts";
import type { ClockMove, ConsoleMessage, Session } from "../console.ts";
import { api, messageOf, newRequestId } from "./api.ts";
import { refusalIn } from "./card.ts";
import { clock as clockOf } from "./clock.ts";
import { composer as composerOf } from "./composer.ts";
import { conversation as conversationOf } from "./conversation.ts";
import { announce, byId, notice } from "./dom.ts";
import { listen } from "./events.ts";
import { openForm } from "./form.ts";
import { drawPeople } from "./people.ts";
import { openSheet } from "./sheet.ts";
import { drawWelcome } from "./welcome.ts";

type PressButton = Extract<DrawnButton, { kind: "press" }>;

let session: Session;
let restartEvents = () => {};
let unseen = 0;
/** In a demonstration nobody chosen may mean not yet, or a stranger on purpose. */
let asStranger = false;
const personaButton = byId("persona", HTMLButtonElement);
const wide = matchMedia("(min-width: 720px)");

const clock = clockOf(moveClock);
const conversation = conversationOf({
  now: clock.now,
  earlier: api.history,
  button: press,
  empty: () =>
    drawWelcome(session, asStranger, { choose: choosePersona, type: (text) => composer.type(text) }),
});
const composer = composerOf({ say, send, said: conversation.said });

await start();

async function start() {
  try {
    meet(await api.session());
    conversation.reset(await api.history());
  } catch (error) {
    notice(`${messageOf(error)} 正在重试…`);
    setTimeout(start, 3000);
    return;
  }
  notice(null);
  // On a phone the keyboard would cover what there is to see.
  if (wide.matches) composer.focus();
  personaButton.addEventListener("click", openPeople);
  restartEvents = listen({
    messages: receive,
    clock: clock.show,
    connected: () => {
      notice(null);
      api.history().then(conversation.receive, () => {});
    },
    lost: () => notice("连接断开，正在重新连接…"),
  });
  document.addEventListener("visibilitychange", () => document.hidden || countUnseen(null));
}

function meet(fresh: Session) {
  session = fresh;
  byId("plan", HTMLElement).textContent = fresh.plan;
  byId("demo", HTMLElement).hidden = !fresh.demo;
  clock.show(fresh);
  clock.movable(fresh.demo);
  composer.offer(fresh);
  personaButton.disabled = !fresh.demo;
  personaButton.textContent = fresh.persona?.name ?? (fresh.demo ? "选择身份" : "未绑定");
  personaButton.title = fresh.persona ? `${fresh.persona.role}，${fresh.persona.scope}` : "";
}

function openPeople() {
  const people = drawPeople(session.people, session.persona, (id) => {
    sheet.close();
    choosePersona(id);
  });
  const sheet = openSheet("更换身份", people);
  if (wide.matches) people.querySelector("input")?.focus();
}

async function choosePersona(id: number | null) {
  try {
    meet(await api.choosePersona(id));
    asStranger = id === null;
    conversation.reset(await api.history());
    restartEvents();
    announce(session.persona ? `现在的身份：${session.persona.name}` : "现在是未绑定的访客");
    if (wide.matches) composer.focus();
  } catch (error) {
    notice(messageOf(error), { brief: true });
  }
}

function say(text: string) {
  return tell(text, newRequestId(), (id) => api.say(id, text));
}

/** Sends files one after the other, in one album: the caption goes with the first that is taken, and stands for all. */
async function send(files: readonly File[], words: string) {
  const album = newRequestId();
  const speaker = session.persona?.id;
  let caption = words;
  for (const file of files) {
    // What is left was meant to be sent by somebody else.
    if (session.persona?.id !== speaker) return;
    const sending = { file, caption, album };
    const text = [`[文件] ${file.name}`, caption].filter(Boolean).join("\n");
    const answers = await tell(text, newRequestId(), (id) => api.file(id, sending));
    if (answers?.every(({ card }) => refusalIn(card) === null)) caption = "";
  }
}

/** Shows what is being said, has it said, and shows the answers; null when there were none yet. */
async function tell(
  text: string,
  id: string,
  ask: (id: string) => Promise<ConsoleMessage[]>,
): Promise<ConsoleMessage[] | null> {
  const speaker = session.persona?.id;
  const pending = conversation.pending(text);
  try {
    const answers = await ask(id);
    // Another person's conversation is on the page by now; the answer waits in its own.
    if (session.persona?.id !== speaker) return null;
    pending.done(answers.some(({ from }) => from === "me"));
    conversation.answer(answers);
    refreshPersona(answers);
    openLoneForm(answers);
    return answers;
  } catch (error) {
    pending.failed(messageOf(error), () => tell(text, id, ask));
    return null;
  }
}

function press(button: DrawnButton, element: HTMLButtonElement, message: ConsoleMessage) {
  if (button.kind === "say") return void say(button.say);
  if (button.fields.length > 0 || button.style === "danger") return ask(button, message);
  element.disabled = true;
  element.setAttribute("aria-busy", "true");
  api
    .press(newRequestId(), button.token, {})
    .then((answers) => {
      conversation.answer(answers);
      openLoneForm(answers);
    })
    .catch((error) => notice(messageOf(error), { brief: true }))
    .finally(() => {
      element.disabled = false;
      element.removeAttribute("aria-busy");
    });
}

function ask(button: PressButton, message: ConsoleMessage, alone = false) {
  const { label, token, fields, style } = button;
  let id = newRequestId();
  const danger = style === "danger";
  const of = message.card?.title ?? "";
  // The one button of a card that is nothing but a form says no more than "fill in": the card says what.
  const title = alone ? of : label;
  const about = title === of ? "" : of;
  const submit = fields.length === 0 || danger ? label : "提交";
  openForm({ title, about, submit, danger, fields }, async (fill) => {
    const answers = await api.press(id, token, fill);
    // Mended input is another request; only one whose answer was lost keeps its name.
    id = newRequestId();
    const refusals = answers.filter(({ card }) => refusalIn(card) !== null);
    const rest = answers.filter((answer) => !refusals.includes(answer));
    conversation.withdraw(refusals);
    if (rest.length > 0) conversation.answer(rest);
    return refusalIn(refusals[0]?.card);
  });
}

/** An answer that is nothing but a form opens by itself: the person asked for it. */
function openLoneForm(answers: readonly ConsoleMessage[]) {
  const last = answers.at(-1);
  const [button, another] = last?.card?.buttons ?? [];
  const onlyWords = last?.card?.blocks.every(({ kind }) => kind === "text" || kind === "note");
  if (!last || !onlyWords || another || button?.kind !== "press" || button.fields.length === 0) return;
  ask(button, last, true);
}

/** Linking and unlinking happen by words, so the answer may have changed who the person is. */
async function refreshPersona(answers: readonly ConsoleMessage[]) {
  if (!answers.some(({ text }) => text?.includes("绑定"))) return;
  await api.session().then(meet, () => {});
}

function receive(messages: ConsoleMessage[]) {
  conversation.receive(messages);
  const pushes = messages.filter(({ push }) => push).length;
  if (document.hidden && pushes > 0) countUnseen(pushes);
}

function countUnseen(more: number | null) {
  unseen = more === null ? 0 : unseen + more;
  document.title = unseen > 0 ? `（${unseen}）蓝天` : "蓝天";
}

async function moveClock(to: ClockMove) {
  const { now, slots, deliveries } = await api.clock(to);
  meet(await api.session());
  const ran = slots > 0 ? `运行定时任务 ${slots} 次，` : "没有到点的定时任务，";
  notice(`已到 ${now}：${ran}送出推送 ${deliveries} 条。`, { brief: true });
}
