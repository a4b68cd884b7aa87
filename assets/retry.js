/* Asks until there is an answer. At the foot of the window it says, in the words of
   components/texts, where an answer takes long or fails; there the reader can ask again.
   pages/static_files.py puts it before the scripts that ask. */
(function () {
  "use strict";
  if (window.retry) return;
  var SIGN = 300, LATE = 4000, LONGEST = 20000, FIRST_PAUSE = 5, LONGEST_PAUSE = 60;
  var texts = "TEXTS"[document.documentElement.lang];
  var place = document.getElementById("retry-status");
  var main = document.getElementById("content");
  var requests = [];

  window.retry = { ask: ask, check: check };
  window.addEventListener("online", askAgain);

  /* Calls send(signal) for a promise until one is kept, and returns {answer, stop}: the promise of
     that answer, and how to give up. name() is what the reader asked for; without it, as before a
     reader acts, nothing is said. `offline` is said in place of the usual words. */
  function ask(name, send, offline) {
    var request = { name: name, offline: offline, kind: "", seconds: 0, fault: null, stop: stop };
    var pause = FIRST_PAUSE;
    var asking = null;
    var timers = [later(SIGN, show), later(LATE, function () { if (!request.fault) tell("late"); })];
    request.age = Date.now();
    request.answer = new Promise(function (resolve) { request.resolve = resolve; });
    request.again = again;
    requests.push(request);
    again();
    return request;

    function again() {
      if (asking) asking.abort();
      clearTimeout(request.next);
      clearTimeout(request.end);
      request.fault = null;
      var own = (asking = new AbortController());
      request.end = setTimeout(function () { if (asking === own) fail({ late: true }); }, LONGEST);
      send(own.signal).then(
        function (answer) {
          if (asking !== own) return;
          // Its body may still be read.
          asking = null;
          stop();
          request.resolve(answer);
        },
        function (fault) { if (asking === own) fail(fault); }
      );
    }

    function fail(fault) {
      clearTimeout(request.end);
      asking.abort();
      asking = null;
      request.fault = fault;
      request.seconds = fault.seconds || pause;
      pause = Math.min(2 * pause, LONGEST_PAUSE);
      if (!fault.final) request.next = setTimeout(again, 1000 * request.seconds);
      tell(fault.late ? "late" : !fault.status ? "offline" : /429|503/.test(fault.status) ? "busy" : "failed");
    }

    function tell(kind) {
      request.kind = kind;
      show();
    }

    function stop() {
      if (asking) asking.abort();
      asking = null;
      timers.concat(request.next, request.end).forEach(clearTimeout);
      requests = requests.filter(function (other) { return other !== request; });
      show();
    }
  }

  /* Rejects an answer that is an error; `final` ones would be the same if asked again. */
  function check(answer) {
    if (answer.ok) return answer;
    var status = answer.status;
    throw {
      status: status,
      seconds: Number(answer.headers.get("Retry-After")) || 0,
      final: status < 500 && status !== 429,
    };
  }

  function later(milliseconds, act) {
    return setTimeout(act, milliseconds);
  }

  function askAgain() {
    requests.forEach(function (request) { if (request.fault) request.again(); });
  }

  function show() {
    var named = requests.filter(function (request) { return request.name(); });
    var waiting = named.filter(function (request) { return Date.now() - request.age >= SIGN - 50; });
    var told = named.filter(function (request) { return request.kind; }).map(sentence).pop() || "";
    main.setAttribute("aria-busy", Boolean(waiting.length));
    // Emptied by the same words: they are not read out once more.
    if (place.firstChild.textContent !== told) place.firstChild.textContent = told;
    if (!told && document.activeElement === place.lastChild) main.focus({ preventScroll: true });
    place.firstChild.hidden = place.lastChild.hidden = !told;
    place.lastChild.onclick = function () { requests.forEach(function (request) { request.again(); }); };
  }

  function sentence(request) {
    if (request.kind === "offline" && request.offline) return request.offline;
    return texts[request.kind].replace("{asked}", request.name()).replace("{seconds}", request.seconds);
  }
})();
