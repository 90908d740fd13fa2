import { html, nothing } from "lit-html";
import { api } from "./api.ts";
import { openClock } from "./clock.ts";
import { timeOf } from "./day.ts";
import { peopleSearch } from "./people.ts";
import { choosePersona, wide } from "./session.ts";
import { openSheet } from "./sheet.ts";
import { state } from "./state.ts";

/** The bar on top: whose plan, what time it is, who is looking. In a demonstration the last two can be changed. */
export function bar() {
  const { demo = false, signedIn = false, now = "", weekday, persona, plan } = state.session ?? {};
  const picks = demo && !signedIn;
  const nobody = demo ? "选择身份" : "未绑定";
  return html`
    <header class="bar">
      <img class="bar-mark" src="/assets/mark.svg" alt="" width="30" height="30">
      <h1 class="bar-name">蓝天</h1>
      <p class="bar-plan" id="plan">${plan}</p>
      <span class="badge" id="demo" ?hidden=${!demo}>演示数据</span>
      <button class="bar-button bar-clock" id="clock" type="button" title=${demo ? "拨动演示时钟" : ""}
        ?disabled=${!demo} aria-haspopup=${demo ? "dialog" : nothing} @click=${openClock}
        ><span class="bar-year">${now.slice(0, 5)}</span
        ><span class="bar-date">${now.slice(5, 10)} ${weekday} </span><b>${timeOf(now)}</b></button>
      <button class="bar-button bar-persona" id="persona" type="button" ?disabled=${!picks} @click=${openPeople}
        title=${persona ? `${persona.role}，${persona.scope}` : ""}>${state.session && (persona?.name ?? nobody)}</button>
      ${signedIn ? html`<button class="bar-button" id="sign-out" type="button" @click=${() => api.signOut()}>退出</button>` : nothing}
    </header>
  `;
}

function openPeople() {
  const choose = (id: number | null) => {
    close();
    choosePersona(id);
  };
  const close = openSheet("更换身份", peopleSearch(choose), { focus: wide.matches ? "input" : undefined });
}
