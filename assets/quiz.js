/* The browser's half of pages/quiz/question.py: sends through Dash what the plain form or link
   would send, and lets the plain one do it wherever that fails. Also the button to share. */
(function () {
  "use strict";
  var explore = document.getElementById("explore");
  var plain = null;
  var painted = document.querySelector("#painted form");
  // The time a question was first shown counts, not when Dash drew it once more.
  var stamp = painted && { action: painted.getAttribute("action"), value: painted.elements.stamp.value };

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.quiz = {
    sendAnswer: function (times) {
      var form = document.getElementById("quiz-form");
      if (!times || !form || plain) return window.dash_clientside.no_update;
      var sent = { address: form.getAttribute("action") };
      ["option", "stamp", "shown"].forEach(function (name) { sent[name] = new FormData(form).get(name) || ""; });
      if (stamp && stamp.action === sent.address) sent.stamp = form.elements.stamp.value = stamp.value;
      return waitFor(form.querySelector("button"), sent, function () {
        HTMLFormElement.prototype.submit.call(form);
      });
    },
    goOn: function (times) {
      var link = document.getElementById("quiz-next");
      if (!times || !link || plain) return window.dash_clientside.no_update;
      return waitFor(link, { address: link.getAttribute("href") }, function () {
        location.assign(link.href);
      });
    },
  };

  function waitFor(place, sent, otherwise) {
    plain = otherwise;
    place.setAttribute("aria-busy", "true");
    return sent;
  }

  if (explore) {
    explore.addEventListener("explore-shown", function () {
      plain = null;
      demandChoice();
    });
    explore.addEventListener("explore-awake", demandChoice);
    explore.addEventListener("explore-failed", function (event) {
      var instead = plain;
      plain = null;
      if (!instead) return;
      event.preventDefault();
      instead();
    });
    // A link that Dash follows must not be followed by the browser too; with a key held down it
    // is the browser's alone.
    explore.addEventListener("click", function (event) {
      var link = event.target.closest("[data-step]");
      if (!link || !explore.querySelector("#explore-root") || document.getElementById("painted")) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) event.stopPropagation();
      else event.preventDefault();
    }, true);
  }

  /* Dash has no property for it; the document had it from the start. */
  function demandChoice() {
    explore.querySelectorAll("#quiz-options input").forEach(function (one) { one.required = true; });
  }

  document.addEventListener("click", share);
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
