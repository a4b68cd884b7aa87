/* Copies the text of a box when its button is pressed, and says so. Without scripts the text is
   there to be selected, and no button is shown. */
(function () {
  "use strict";
  document.addEventListener("click", notice);
  window.early.forEach(function (event) { if (event.type === "click") notice(event); });

  function notice(event) {
    var button = event.target.closest && event.target.closest("[data-copy]");
    if (!button) return;
    var box = document.getElementById(button.getAttribute("data-copy"));
    var told = button.parentNode.querySelector("[role=status]");
    write(box).then(
      function () { say(told, button.getAttribute("data-copied")); },
      function () {
        select(box);
        say(told, button.getAttribute("data-selected"));
      }
    );
  }

  /* Browsers offer the clipboard only to pages that came encrypted; elsewhere the old way. */
  function write(box) {
    if (navigator.clipboard) return navigator.clipboard.writeText(box.textContent);
    select(box);
    return document.execCommand("copy") ? Promise.resolve() : Promise.reject(new Error("refused"));
  }

  function select(box) {
    var range = document.createRange();
    range.selectNodeContents(box);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }

  /* Emptied first, so that the same words are read out once more. */
  function say(told, words) {
    told.textContent = "";
    setTimeout(function () { told.textContent = words; }, 50);
    clearTimeout(told.clearing);
    told.clearing = setTimeout(function () { told.textContent = ""; }, 6000);
  }
})();
