import type { Persona } from "../console.ts";
import { el } from "./dom.ts";

/** The demonstration's people, grouped by role and found by typing: 海安, 联络员, 市办. */
export function drawPeople(
  people: readonly Persona[],
  chosen: Persona | null,
  onChoose: (id: number | null) => void,
): HTMLElement {
  const search = el("input", {
    type: "search",
    class: "input people-search",
    placeholder: "输入姓名、县区或部门",
    "aria-label": "查找身份",
    enterkeyhint: "go",
  });
  const nobody = el("p", { class: "people-none", hidden: true }, "没有找到，换个词试试。");
  const stranger = el(
    "button",
    { type: "button", class: "person person-stranger" },
    "以未绑定的访客身份查看",
  );
  stranger.addEventListener("click", () => onChoose(null));

  const roles = [...new Set(people.map((person) => person.role))];
  const groups = roles.map((role) =>
    drawGroup(
      role,
      people.filter((person) => person.role === role),
      chosen,
      onChoose,
    ),
  );
  const list = el("div", { class: "people-list" }, ...groups.map(({ element }) => element), nobody, stranger);

  const first = () => groups.flatMap(({ entries }) => entries).find(({ button }) => !button.hidden);
  search.addEventListener("input", () => {
    const words = search.value.trim().split(/\s+/);
    for (const { element, entries } of groups) {
      for (const { button, text } of entries) button.hidden = !words.every((word) => text.includes(word));
      element.hidden = entries.every(({ button }) => button.hidden);
    }
    nobody.hidden = first() !== undefined;
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    first()?.button.click();
  });
  return el("div", { class: "people" }, search, list);
}

function drawGroup(
  role: string,
  members: readonly Persona[],
  chosen: Persona | null,
  onChoose: (id: number | null) => void,
) {
  const entries = members.map((person) => {
    const button = el(
      "button",
      { type: "button", class: "person", "aria-pressed": String(person.id === chosen?.id) },
      el("span", { class: "person-name" }, person.name),
      el("span", { class: "person-scope" }, person.scope),
    );
    button.addEventListener("click", () => onChoose(person.id));
    return { button, text: `${person.name} ${person.role} ${person.scope}` };
  });
  const buttons = el("div", { class: "people-grid" }, ...entries.map(({ button }) => button));
  const element = el(
    "section",
    { "aria-label": role, "data-single": members.length === 1 },
    el("h3", { class: "people-role" }, role),
    buttons,
  );
  return { element, entries };
}
