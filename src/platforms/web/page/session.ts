import type { ConsoleMessage, Session } from "../console.ts";
import { api, messageOf } from "./api.ts";
import { reset, showArrived } from "./conversation.ts";
import { listen } from "./events.ts";
import { reopenForm } from "./form.ts";
import { announce, notice, once } from "./notice.ts";
import { draw, state } from "./state.ts";
import { tab } from "./tab.ts";

/** On a phone the keyboard would cover what there is to see: the input gets the focus on a desktop only. */
export const wide = matchMedia("(min-width: 720px)");
const focusInput = () => wide.matches && document.getElementById("say")?.focus();

let restartEvents = () => {};
let chosen = () => {};

/** Learns who is looking, shows their conversation and listens to what comes; `whenChosen` follows another person. */
export async function start(whenChosen: () => void): Promise<void> {
  chosen = whenChosen;
  try {
    const session = await api.session();
    settleTab(session);
    meet(session, await api.history());
  } catch (error) {
    notice(`${messageOf(error)} 正在重试…`);
    setTimeout(() => start(whenChosen), 3000);
    return;
  }
  notice("");
  focusInput();
  reopenForm();
  restartEvents = listen({
    messages(messages) {
      if (document.hidden) state.unseen += messages.filter(({ push }) => push).length;
      showArrived(messages);
    },
    clock: tellSession,
    connected() {
      notice("");
      api.history().then(showArrived, () => {});
    },
    lost() {
      notice("连接断开，正在重新连接…");
      // Whoever is signed in no longer is shown where to sign in.
      refreshSession().catch(() => {});
    },
  });
  document.addEventListener("visibilitychange", () => {
    state.unseen = 0;
    draw();
  });
}

export function choosePersona(id: number | null): Promise<void> {
  return once("persona", async () => {
    const session = await api.choosePersona(id);
    tab.choose(id);
    chosen();
    // The person has changed: without their history the page begins empty, and the stream brings it.
    meet(session, await api.history().catch(() => []));
    restartEvents();
    announce(session.persona ? `现在的身份：${session.persona.name}` : "现在是未绑定的访客");
    focusInput();
  });
}

/** A new tab goes on as whom it begins as, whatever another tab chooses; who isn't there any more is chosen anew. */
function settleTab({ demo, persona }: Session) {
  if (!demo) return;
  if (persona) tab.choose(persona.id);
  else if (tab.persona() !== "0") tab.forget();
}

/** Asks anew who is looking and what time it is. */
export const refreshSession = async (): Promise<void> => tellSession(await api.session());

/** Who is looking and their conversation, shown together: an answer never stands under another's name. */
function meet(session: Session, history: readonly ConsoleMessage[]) {
  state.session = session;
  reset(history);
}

function tellSession(news: Partial<Session>) {
  if (state.session) state.session = { ...state.session, ...news };
  draw();
}
