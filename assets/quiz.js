/* A run of the quiz without page loads: sends what its form or link would send and shows the page
   that comes. An answer stays on the device until the site has it. Also the button to share. */
(function () {
  "use strict";
  var KEPT = "quiz-answer ";
  /* Asks for no more of a page than load and show take. */
  var SCRIPT = { "X-Requested-With": "fetch" };
  var main = document.getElementById("content");
  // What the document shows; a reader may have gone back before this script ran.
  var path = "/" + document.documentElement.lang + "/" + main.querySelector(".q-run").getAttribute("data-path");
  var steps = {};
  var request = null;
  var timer = null;

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.matches("[data-step]")) return;
    event.preventDefault();
    if (!request) answer(form, String(new URLSearchParams(new FormData(form, event.submitter))));
  });
  document.addEventListener("click", follow);
  window.addEventListener("popstate", goBack);
  if (location.pathname === path) history.replaceState({ title: document.title }, "");
  else goBack({ state: history.state });
  sendKept();
  watch();

  function answer(form, fields) {
    var button = form.querySelector("[type=submit]");
    var address = form.getAttribute("action");
    keep(address, fields);
    // What is on its way cannot be chosen anew; the focus must not be lost with it.
    button.focus();
    form.querySelector("fieldset").disabled = true;
    request = window.retry.ask(textOf(button), post(address, fields, load), form.getAttribute("data-offline"));
    request.answer.then(function (step) {
      drop(address);
      show(step);
    });
  }

  function follow(event) {
    var link = event.target.closest("a[data-step]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button) return share(event);
    event.preventDefault();
    if (!request) go(link.getAttribute("href"), textOf(link));
  }

  function go(address, name) {
    request = window.retry.ask(name, function (signal) {
      return fetch(address, { headers: SCRIPT, signal: signal }).then(load);
    });
    request.answer.then(show);
  }

  function textOf(element) {
    return function () { return element.textContent.trim(); };
  }

  function post(address, fields, read) {
    return function (signal) {
      return fetch(address, {
        method: "POST", headers: SCRIPT, body: new URLSearchParams(fields), signal: signal,
      }).then(read);
    };
  }

  /* The page that an answer holds, whatever it says; only what may be better later is asked again. */
  function load(response) {
    if (response.status === 429 || response.status >= 500) return window.retry.check(response);
    return response.text().then(function (text) {
      var page = new DOMParser().parseFromString(text, "text/html");
      if (!/<\/html>\s*$/.test(text)) throw { status: 502 };
      return { page: page, path: new URL(response.url).pathname };
    });
  }

  function show(step) {
    var content = step.page.getElementById("content");
    request = null;
    if (!content || !content.querySelector(".q-run")) return location.assign(step.path);
    var moved = step.path !== path;
    if (moved) {
      leave();
      history.pushState({ title: step.page.title }, "", step.path);
    }
    enter(step.page.title, Array.prototype.slice.call(content.childNodes));
    document.getElementById("language-switch").href = step.page.getElementById("language-switch").href;
    var place = document.getElementById(main.querySelector(".q-run").getAttribute("data-focus"));
    if (moved) window.scrollTo({ top: 0, behavior: "instant" });
    if (place) place.focus({ preventScroll: moved });
    performance.mark("step-shown");
  }

  function leave() {
    steps[path] = { title: document.title, nodes: Array.prototype.slice.call(main.childNodes) };
  }

  function enter(title, nodes) {
    path = location.pathname;
    document.title = title;
    main.replaceChildren.apply(main, nodes);
    window.answerFields.prepare();
    watch();
  }

  /* In a room: keeps its numbers fresh, and follows when its presenter goes on. */
  function watch(failures) {
    var run = main.querySelector("[data-watch]");
    clearTimeout(timer);
    // A hall must not ask at the same moment.
    if (run) timer = setTimeout(look, run.getAttribute("data-seconds") * (750 + 500 * Math.random()) * Math.pow(2, failures || 0), run, failures || 0);
  }

  function look(run, failures) {
    if (request || document.hidden) return watch();
    fetch(run.getAttribute("data-watch")).then(window.retry.check).then(function (response) { return response.json(); }).then(
      function (room) {
        if (request || !run.isConnected) return;
        run.querySelectorAll("[data-count]").forEach(function (count) {
          var number = room[count.getAttribute("data-count")].toLocaleString(document.documentElement.lang);
          if (count.textContent !== number) count.textContent = number;
        });
        if (room.step >= 0 && room.step <= run.getAttribute("data-at")) return watch();
        go(run.getAttribute("data-way"), function () { return document.title; });
      },
      function () { watch(Math.min(failures + 1, 4)); }
    );
  }

  /* A step that was shown before is at hand; one from before a reload is asked for, and the other
     one must not stand at its address meanwhile. */
  function goBack(event) {
    if (location.pathname === path) return;
    if (request) request.stop();
    request = null;
    leave();
    var step = steps[location.pathname];
    var title = (event.state && event.state.title) || document.title;
    enter(step ? step.title : title, step ? step.nodes : []);
    if (!step) go(location.pathname, function () { return title; });
  }

  function keep(address, fields) {
    try { localStorage.setItem(KEPT + address, fields); } catch (refused) { /* It lives as long as the page then. */ }
  }

  function drop(address) {
    try { localStorage.removeItem(KEPT + address); } catch (refused) { /* Nothing was kept. */ }
  }

  /* Answers that a page left behind when it was closed or reloaded without a connection. */
  function sendKept() {
    var kept = {};
    try {
      Object.keys(localStorage).forEach(function (key) {
        if (key.indexOf(KEPT) === 0) kept[key.slice(KEPT.length)] = localStorage.getItem(key);
      });
    } catch (refused) { return; }
    Object.keys(kept).forEach(function (address) {
      var form = main.querySelector("form[data-step]");
      if (form && form.getAttribute("action") === address) {
        fill(form, new URLSearchParams(kept[address]));
        answer(form, kept[address]);
      } else {
        window.retry.ask(function () { return ""; }, post(address, kept[address], load)).answer.then(function () { drop(address); });
      }
    });
  }

  function fill(form, fields) {
    fields.forEach(function (value, name) {
      form.querySelectorAll('[name="' + CSS.escape(name) + '"]').forEach(function (field) {
        if (field.type === "radio") field.checked = field.value === value;
        else field.value = value;
      });
    });
  }

  window.early.forEach(function (event) { if (event.type === "click") share(event); });

  function share(event) {
    var button = event.target.closest && event.target.closest("[data-share]");
    if (!button) return;
    var address = button.getAttribute("data-share");
    if (navigator.share) {
      navigator.share({ title: button.getAttribute("data-title"), url: address }).catch(function () {});
    } else if (navigator.clipboard) {
      navigator.clipboard.writeText(address).then(function () {
        document.getElementById("quiz-shared").textContent = button.getAttribute("data-copied");
      });
    }
  }
})();
