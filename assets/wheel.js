/* Arrow keys inside the wheel, so that Tab passes it in one step. Without scripts every sector
   is an ordinary link in the order of tabbing. */
(function () {
  "use strict";
  var steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  document.addEventListener("focusin", settle);
  window.early.forEach(function (event) { if (event.type === "focusin") settle(event); });

  function settle(event) {
    var wheel = event.target.closest && event.target.closest("svg.wheel");
    if (!wheel) return;
    links(wheel).forEach(function (link) {
      link.setAttribute("tabindex", link === event.target ? "0" : "-1");
    });
  }
  document.addEventListener("keydown", function (event) {
    var wheel = event.target.closest && event.target.closest("svg.wheel");
    if (!wheel) return;
    var all = links(wheel);
    var place = all.indexOf(event.target);
    var next = steps[event.key] ? place + steps[event.key] : { Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    all[(next + all.length) % all.length].focus();
  });

  /* What a bar says, in words under the wheel: a title shows late, and never for the keyboard. */
  ["pointerover", "focusin"].forEach(function (kind) {
    document.addEventListener(kind, tell);
  });
  window.early.forEach(tell);

  function tell(event) {
    var link = event.target.closest && event.target.closest("svg.wheel a");
    var title = link && link.querySelector("title");
    var place = title && document.querySelector(".wheel-read");
    if (place) place.textContent = title.textContent;
  }

  function links(wheel) {
    return Array.prototype.slice.call(wheel.querySelectorAll("a"));
  }
})();
