import type { ConsoleMessage } from "../console.ts";
import { api, messageOf, newRequestId } from "./api.ts";
import { goToEnd, showAnswer } from "./conversation.ts";
import { openLoneForm, refusalIn } from "./form.ts";
import { refreshSession } from "./session.ts";
import { draw, state, type Unanswered } from "./state.ts";

export function sayHere(text: string): void {
  tell(text, newRequestId(), (id) => api.say(id, text));
}

/** Sends files one after the other, in one album: the caption goes with the first that is taken, and stands for all. */
export async function send(files: readonly File[], words: string): Promise<void> {
  const album = newRequestId();
  const speaker = state.session?.persona?.id;
  let caption = words;
  for (const file of files) {
    // What is left was meant to be sent by somebody else.
    if (state.session?.persona?.id !== speaker) return;
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
  const speaker = state.session?.persona?.id;
  const saying: Unanswered = { text, echoed: false };
  const forget = () => {
    state.sayings = state.sayings.filter((other) => other !== saying);
  };
  state.sayings.push(saying);
  draw();
  goToEnd();
  try {
    const answers = await ask(id);
    forget();
    // Another person's conversation is on the page by now; the answer waits in its own.
    if (state.session?.persona?.id !== speaker) return null;
    showAnswer(answers);
    openLoneForm(answers);
    // Linking and unlinking happen by words, so the answer may have changed who the person is.
    if (answers.some((message) => message.text?.includes("绑定"))) refreshSession().catch(() => {});
    return answers;
  } catch (error) {
    const again = () => {
      forget();
      tell(text, id, ask);
    };
    saying.failed = { why: messageOf(error), again, place: Math.max(0, ...state.messages.keys()) + 0.5 };
    draw();
    goToEnd();
    return null;
  }
}
