/* Stands inside the page: fetches what is for paper when the page is there or is printed, and the
   page's scripts, if it has any, only when a reader first acts on a part that needs them; what happened meanwhile
   is kept for them in window.early. Scripts that do not come are asked for again, in words if the
   reader waits for them. */
(function (page, own) {
  "use strict";
  var kinds = ["pointerover", "pointerdown", "focusin", "keydown", "input", "change", "click"];
  var early = (window.early = []);
  var missing = 0;
  var failed = [];
  var touched, tapped;
  page.documentElement.classList.add("scripts");
  if (own.getAttribute("data-load")) {
    kinds.forEach(function (kind) { page.addEventListener(kind, keep, true); });
    window.addEventListener("online", again);
    /* An answer must not be lost with the connection: what keeps it is there before it is given. */
    window.addEventListener("load", function () { if (page.querySelector("[data-step]")) loadAll(); });
  }

  function keep(event) {
    var target = event.target;
    if (!target.closest || !target.closest("[data-wake], svg.wheel, .waffle")) return;
    early.push(event);
    /* A first tap names a square, though assets/wheel.js may still be on its way. */
    if (event.type === "pointerdown") touched = event.pointerType === "touch";
    if (event.type === "click" && touched && target.closest(".waffle a") && tapped !== (tapped = target.closest("a"))) event.preventDefault();
    loadAll();
    if (!early.acted && (/^(input|change)$/.test(event.type) || event.type === "click" && target.closest("button"))) {
      early.acted = true;
      setTimeout(tell, 600);
      setTimeout(tell, 4000, true);
    }
  }

  function loadAll() {
    if (!early.loaded) own.getAttribute("data-load").split(" ").forEach(load);
    early.loaded = true;
  }

  function load(address) {
    var script = page.createElement("script");
    script.async = false;
    script.src = address;
    missing++;
    script.onload = function () {
      missing--;
      tell();
      if (!missing) kinds.forEach(function (kind) { page.removeEventListener(kind, keep, true); });
    };
    script.onerror = function () {
      failed.push(address);
      setTimeout(again, 5000);
      tell(early.acted);
    };
    page.head.appendChild(script);
  }

  function again() {
    missing -= failed.length;
    failed.splice(0).forEach(load);
  }

  /* Shows whether the reader waits for scripts, and after a while says so. */
  function tell(aloud) {
    var line = page.getElementById("retry-status");
    page.getElementById("content").setAttribute("aria-busy", Boolean(missing && early.acted));
    if (!missing || aloud) line.firstChild.hidden = !missing;
    line.lastChild.hidden = line.firstChild.hidden;
    line.lastChild.onclick = again;
  }

  /* On a slow line anything that is loaded beside the page makes its words later. Who prints
     before the sheet for paper is there waits for it. */
  var paper = page.createElement("link");
  paper.rel = "stylesheet";
  paper.media = "print";
  window.addEventListener("load", function () {
    setTimeout(function () {
      paper.href = own.getAttribute("data-print");
      page.head.appendChild(paper);
    }, matchMedia("print").matches ? 0 : 2000);
  });
  window.addEventListener("beforeprint", function () {
    if (paper.sheet || paper.now) return;
    var request = new XMLHttpRequest();
    try {
      request.open("GET", own.getAttribute("data-print"), false);
      request.send();
    } catch (offline) {
      return;
    }
    paper.now = page.createElement("style");
    paper.now.media = "print";
    paper.now.textContent = request.responseText;
    page.head.appendChild(paper.now);
  });
})(document, document.currentScript);
