/* Squares and wheel of the home page: one tab stop with arrow keys, what a bar or square says in the
   hub, and on a touch screen a first tap that names and a second one that opens. Without scripts
   every square is an ordinary link. */
(function () {
  "use strict";
  var steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  var touched = false;
  var tapped = null;
  var idle = "";
  var shown = null;

  ["pointerdown", "click", "pointerover", "focusin", "keydown"].forEach(function (kind) {
    document.addEventListener(kind, notice, kind === "click");
  });
  window.early.forEach(notice);

  function notice(event) {
    if (!event.target.closest) return;
    var link = event.target.closest(".waffle a, svg.wheel a");
    if (event.type === "pointerdown") touched = event.pointerType === "touch";
    else if (event.type === "click") tap(event, link);
    else if (event.type === "keydown") step(event, link);
    else {
      if (event.type === "focusin") settle(link);
      if (event.type === "focusin" || event.pointerType !== "touch") name(link);
    }
  }

  function tap(event, link) {
    if (!touched || !link || !link.closest(".waffle")) return;
    touched = false;
    if (link === tapped) return;
    event.preventDefault();
    tapped = link;
    name(link);
  }

  function step(event, link) {
    if (!link || !link.closest(".waffle")) return;
    var all = squares();
    var place = all.indexOf(link);
    var next = steps[event.key] ? place + steps[event.key] : { Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    all[(next + all.length) % all.length].focus();
  }

  function settle(link) {
    if (!link || !link.closest(".waffle")) return;
    squares().forEach(function (square) { square.tabIndex = square === link ? 0 : -1; });
  }

  function squares() {
    return Array.prototype.slice.call(document.querySelectorAll(".waffle a"));
  }

  /* Squares and bars of one indicator have one address; the words stand in the square. */
  function name(link) {
    var hub = document.querySelector(".hub");
    var address = link && link.getAttribute("href");
    var square = address && squares().filter(function (other) { return other.getAttribute("href") === address; })[0];
    if (link && !square) return;
    /* The page may have changed since: then the hub says something else. */
    if (hub && hub.innerHTML !== shown) idle = hub.innerHTML;
    document.querySelectorAll(".waffle a, svg.wheel a").forEach(function (other) {
      other.classList.toggle("on", Boolean(square) && other.getAttribute("href") === address);
    });
    if (!hub) return;
    if (square) tell(hub, square.getAttribute("aria-label").split("\n"));
    else if (hub.innerHTML !== idle) hub.innerHTML = idle;
    shown = square ? hub.innerHTML : null;
  }

  /* The name, and value and verdict, in which no line ends inside 66–95 %. */
  function tell(hub, words) {
    hub.replaceChildren(make("b", words[0]));
    words[1].split(/(\d+–\d+.%)/).forEach(function (part, place) {
      hub.append(place % 2 ? make("span", part, "whole") : part);
    });
  }

  function make(kind, words, look) {
    var node = document.createElement(kind);
    node.textContent = words;
    if (look) node.className = look;
    return node;
  }
})();
