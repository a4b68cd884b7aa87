/* Wakes Dash in the part of the page that has an interactive chart, when the reader first acts
   there. Until then the page is a plain document; afterwards nothing has moved, and what was
   focused or pressed is as it was. */
(function () {
  "use strict";
  /* Written by pages/static_files.py; the names are those that Dash keeps to itself. */
  var settings = "SETTINGS";
  var names = settings.names;
  var explore = document.getElementById("explore");
  if (!explore) return;
  var painted = document.getElementById("painted");
  var started = false;
  var pressed = null;
  var held = false;
  var waiting = null;
  var swapped = false;
  var drawing = {};
  var there = {};
  var acted = "";
  var plain = window.fetch.bind(window);
  var style = document.head.appendChild(document.createElement("style"));
  style.textContent = settings.style;

  ["pointerdown", "focusin", "keydown", "pointerover", "click"].forEach(function (kind) {
    explore.addEventListener(kind, notice);
  });
  window.early.forEach(notice);
  window.early.forEach(function (event) {
    if (event.type === "pointerdown") held = true;
    else if (event.type === "click") held = false;
  });

  function notice(event) {
    var place = event.target.closest("[data-wake]");
    if (!place || !explore.contains(place)) return;
    if (event.type === "click") acted = place.textContent.trim();
    if (event.type === "click" && painted) {
      pressed = place.id;
      place.setAttribute("aria-busy", "true");
    }
    wake();
  }

  /* What a choice asks for is named by its own words, without the count beside them. */
  ["click", "change"].forEach(function (kind) {
    explore.addEventListener(kind, function (event) {
      var chosen = kind === "click" ? event.target.closest("a[href]") : (event.target.labels || [])[0];
      if (chosen && chosen.firstChild) acted = (chosen.firstChild.textContent.trim() || chosen.getAttribute("aria-label") || "").slice(0, 80);
    }, true);
  });

  // A chart or a grid is opened once all that draws it is there: Dash would not ask for it again.
  explore.addEventListener("click", function (event) {
    var button = event.target.closest("button[aria-expanded]");
    var needed = button && (button.getAttribute("data-needs") || "chart");
    if (!button || painted || there[needed] || needed === "chart" && window.Plotly) return;
    event.stopPropagation();
    acted = button.textContent.trim();
    if (drawing[needed]) return;
    drawing[needed] = true;
    load(settings[needed], function () {
      there[needed] = true;
      document.getElementById(button.id).click();
    });
  }, true);

  // A press whose place is gone before it ends would be no click at all.
  ["pointerdown", "keydown"].forEach(function (kind) {
    document.addEventListener(kind, function () { held = true; }, true);
  });
  ["pointerup", "pointercancel", "keyup", "click"].forEach(function (kind) {
    document.addEventListener(kind, function () { setTimeout(release, 0); }, true);
  });
  window.addEventListener("blur", release);

  function release() {
    held = false;
    var entry = waiting;
    waiting = null;
    if (entry) swapLater(entry);
  }

  // Browsers scroll to what got the focus with the next frame.
  function swapLater(entry) {
    requestAnimationFrame(function () { setTimeout(swap, 0, entry); });
  }

  // What assets/swap.js has made of the page, a chart follows.
  document.addEventListener("swapped", function () {
    swapped = true;
    followAddress();
  });

  function followAddress() {
    if (swapped && !painted) window.dash_clientside.set_props("explore-query", { data: location.search.slice(1) });
  }

  function wake() {
    if (started) return;
    started = true;
    askForThisPage();
    if (!window[names.generators]) window[names.generators] = generators();
    Object.defineProperty(window, names.plotly, {
      get: function () { return settings.plotly; },
      set: function () {},
    });
    var config = document.createElement("script");
    config.type = "application/json";
    config.id = names.config;
    config.textContent = JSON.stringify(settings.config);
    document.body.appendChild(config);
    var entry = document.createElement("div");
    entry.id = names.entry;
    entry.className = "explore-entry";
    entry.setAttribute("inert", "");
    explore.classList.add("waking");
    explore.appendChild(entry);
    load(settings.scripts, function () { start(entry); });
  }

  /* Dash's scripts were compiled for browsers without generators, and load what runs them with a
     polyfill of 29 KB. This much of it they need: functions that go on where they waited. */
  function generators() {
    return {
      mark: function (run) { return run; },
      wrap: function (run, _outer, self) {
        var state = { prev: 0, next: 0, done: false, stop: function () { state.done = true; } };
        return {
          next: function (sent) {
            state.sent = sent;
            return { value: run.call(self, state), done: state.done };
          },
          throw: function (error) { throw error; },
        };
      },
    };
  }

  /* Fetched at once and until they are there, run one after another from the browser's cache. */
  function load(addresses, done) {
    window.retry.ask(nameOf, function (signal) {
      return Promise.all(addresses.map(function (address) {
        return plain(address, { signal: signal }).then(window.retry.check).then(function (answer) { return answer.blob(); });
      }));
    }).answer.then(function () { run(addresses.slice(), done); });
  }

  function run(addresses, done) {
    if (!addresses.length) return done();
    var script = document.createElement("script");
    script.src = addresses.shift();
    script.onload = function () { run(addresses, done); };
    script.onerror = giveUp;
    document.body.appendChild(script);
  }

  /* A chart is asked for by the words of its button, a choice by its own. */
  function nameOf() {
    return acted;
  }

  /* Dash does not say for which page it asks for its layout, and it does not ask again. A request
     for what a newer one asks for, too, is given up: Dash would not use its answer. */
  function askForThisPage() {
    var running = {};
    window.fetch = function (address, options) {
      if (typeof address !== "string" || address.indexOf(settings.config.requests_pathname_prefix) !== 0) {
        return plain(address, options);
      }
      if (address.slice(-names.layout.length) === names.layout) {
        address += "?address=" + encodeURIComponent(location.pathname + location.search);
      }
      var name = acted;
      var output = options && options.body ? JSON.parse(options.body).output : address;
      var former = running[output];
      if (former) {
        former.stop();
        former.resolve(new Response(null, { status: 204 }));
      }
      running[output] = window.retry.ask(function () { return name; }, function (signal) {
        return plain(address, Object.assign({}, options, { signal: signal })).then(window.retry.check).then(whole);
      });
      return running[output].answer;
    };
  }

  /* Dash would not notice that half an answer is none. */
  function whole(answer) {
    if (!answer.ok || answer.status === 204) return answer;
    return answer.clone().json().then(function () { return answer; }, function () { throw { status: 502 }; });
  }

  function start(entry) {
    var watch = new MutationObserver(function () {
      if (!entry.querySelector("#explore-root")) return;
      watch.disconnect();
      swapLater(entry);
    });
    watch.observe(entry, { childList: true, subtree: true });
    new window[names.renderer]();
  }

  function swap(entry) {
    if (held) {
      waiting = entry;
      return;
    }
    var focused = placeOf(document.activeElement, painted);
    var folds = listed(entry, "details");
    listed(painted, "details").forEach(function (fold, place) { if (folds[place]) folds[place].open = fold.open; });
    // What is typed or chosen meanwhile stays.
    var fields = listed(entry, "form input, form select");
    listed(painted, "form input, form select").forEach(function (field, place) {
      if (!fields[place]) return;
      fields[place].value = field.value;
      fields[place].checked = field.checked;
    });
    entry.removeAttribute("inert");
    // A field that goes while it is typed in says that it has changed; nobody has chosen anything.
    painted.addEventListener("change", function (event) { event.stopPropagation(); }, true);
    painted.remove();
    painted = null;
    explore.classList.remove("waking");
    var heir = focused < 0 ? null : focusable(entry)[focused];
    if (heir) heir.focus({ preventScroll: true });
    followAddress();
    document.dispatchEvent(new Event("awake"));
    performance.mark("awake");
    if (pressed) {
      var button = document.getElementById(pressed);
      if (button) button.click();
    }
  }

  function listed(root, selector) {
    return Array.prototype.slice.call(root.querySelectorAll(selector));
  }

  function focusable(root) {
    return listed(root, "a, button, input, select, summary, [tabindex]");
  }

  function placeOf(element, root) {
    return root.contains(element) ? focusable(root).indexOf(element) : -1;
  }

  function giveUp() {
    var told = false;
    explore.classList.remove("waking");
    var entry = document.getElementById(names.entry);
    if (entry && painted) entry.remove();
    drawing = {};
    listed(explore, "[aria-busy]").forEach(function (one) { one.removeAttribute("aria-busy"); });
    window.retry.ask(nameOf, function () {
      if (told) location.reload();
      told = true;
      return Promise.reject({ status: 400, final: true });
    });
  }
})();
