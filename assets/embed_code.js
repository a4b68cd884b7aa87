/* The embed page with scripts: each change of the form asks for the page that the plain form
   would lead to, and takes the codes and the chart from there. */
(function () {
  "use strict";
  var form = document.getElementById("embed-form");
  var asking = null;
  var waiting = 0;
  var plain = false;

  form.addEventListener("change", function () { soon(0); });
  form.addEventListener("input", function (event) { if (event.target.type === "search") soon(350); });
  form.addEventListener("submit", function (event) {
    if (plain) return;
    event.preventDefault();
    soon(0);
  });
  window.early.forEach(function (event) {
    if (event.type === "input" || event.type === "change") soon(0);
  });

  function soon(milliseconds) {
    clearTimeout(waiting);
    waiting = setTimeout(ask, milliseconds);
  }

  function ask() {
    if (asking) asking.abort();
    asking = new AbortController();
    var asked = new URLSearchParams();
    new FormData(form).forEach(function (value, name) { if (value) asked.append(name, value); });
    fetch(form.action + "?" + asked, { signal: asking.signal }).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.text();
    }).then(function (text) {
      show(new DOMParser().parseFromString(text, "text/html"), asked.get("q"));
    }).catch(function (error) {
      // The button then does what it does without scripts.
      if (error.name !== "AbortError") plain = true;
    });
  }

  function show(page, q) {
    ["embed-chart", "embed-as_of", "embed-codes", "embed-stage", "embed-pictures", "embed-label-desk", "embed-found", "embed-told"].forEach(function (id) {
      var here = document.getElementById(id);
      var there = page.getElementById(id);
      if (here.innerHTML !== there.innerHTML) here.innerHTML = there.innerHTML;
      if (there.selectedOptions) here.value = there.value;
    });
    var problem = document.getElementById("embed-problem");
    if (problem) problem.remove();
    document.getElementById("language-switch").href = page.getElementById("language-switch").getAttribute("href");
    var shown = new URL(page.querySelector("link[rel=canonical]").href);
    if (q) shown.searchParams.set("q", q);
    history.replaceState(null, "", shown.pathname + shown.search);
  }
})();
