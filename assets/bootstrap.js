/* Stands inside the page: fetches what is for paper when the page is there, and the page's scripts,
   if it has any, only when a reader first acts on a part that needs them; what happened meanwhile
   is kept for them in window.early. */
(function (page, own) {
  "use strict";
  var kinds = ["pointerover", "pointerdown", "focusin", "keydown", "input", "change", "click"];
  var early = (window.early = []);
  page.documentElement.classList.add("scripts");
  if (own.getAttribute("data-load")) {
    kinds.forEach(function (kind) { page.addEventListener(kind, keep, true); });
  }

  function keep(event) {
    if (!event.target.closest || !event.target.closest("[data-wake], svg.wheel")) return;
    early.push(event);
    if (early.length > 1) return;
    own.getAttribute("data-load").split(" ").forEach(function (address) {
      var script = page.createElement("script");
      script.async = false;
      script.src = address;
      page.head.appendChild(script);
    });
  }
  /* On a slow line anything that is loaded beside the page makes its words later. */
  window.addEventListener("load", function () {
    setTimeout(function () {
      var link = page.createElement("link");
      link.rel = "stylesheet";
      link.media = "print";
      link.href = own.getAttribute("data-print");
      page.head.appendChild(link);
    }, matchMedia("print").matches ? 0 : 2000);
  });
  early.done = function () {
    kinds.forEach(function (kind) { page.removeEventListener(kind, keep, true); });
  };
})(document, document.currentScript);
