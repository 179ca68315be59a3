// Stars without an account: kept on this device, by edition. Without this script there are none, and nothing is lost.
document.documentElement.dataset.scripts = "";

const page = () => document.querySelector("[data-stars]");
const key = () => `wcd-stars:${page().dataset.stars}`;

function starred() {
  try {
    return JSON.parse(localStorage.getItem(key())) || {};
  } catch {
    return {};
  }
}

function keep(stars) {
  try {
    localStorage.setItem(key(), JSON.stringify(stars));
  } catch {
    // A private window may keep nothing: the star lasts as long as the page.
  }
}

function button(session, template) {
  const made = template.content.firstElementChild.cloneNode(true);
  const title = session.querySelector("h1, h2, h3").textContent.trim();
  made.setAttribute("aria-label", made.dataset.label.replace("{title}", title));
  session.append(made);
  return made;
}

function draw() {
  if (!page()) return;
  const stars = starred();
  const template = document.querySelector("#star");
  for (const session of document.querySelectorAll("[data-star]")) {
    const star = session.querySelector(".star, .star-this") || button(session, template);
    const on = session.dataset.star in stars;
    star.setAttribute("aria-pressed", on);
    session.toggleAttribute("data-starred", on);
  }
  const days = Object.values(stars);
  for (const count of document.querySelectorAll("[data-my-stars] .n")) count.textContent = days.length || "";
  const only = page().hasAttribute("data-only-stars");
  for (const none of document.querySelectorAll(".nostars"))
    none.hidden = !only || Boolean(document.querySelector("[data-starred]"));
  if (only) document.querySelectorAll(".many").forEach((group) => (group.open = true));
}

document.addEventListener("click", (event) => {
  const star = event.target.closest(".star, .star-this");
  if (star && page()) {
    const session = star.closest("[data-star]");
    const stars = starred();
    if (session.dataset.star in stars) delete stars[session.dataset.star];
    else stars[session.dataset.star] = session.dataset.day;
    keep(stars);
    draw();
  }
  if (event.target.closest("[data-print]")) print();
});

addEventListener("beforeprint", () => document.querySelectorAll(".many").forEach((group) => (group.open = true)));
addEventListener("storage", draw);
document.addEventListener("htmx:afterSwap", draw);
draw();
