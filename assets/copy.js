/* Copies the text of a box, or of several, when their button is pressed, and says so. Without
   scripts the text is there to be selected, and no button is shown. */
(function () {
  "use strict";
  /* Written by pages/static_files.py: once there instead of at every button. */
  var texts = "TEXTS";
  document.addEventListener("click", notice);
  window.early.forEach(function (event) { if (event.type === "click") notice(event); });

  function notice(event) {
    var button = event.target.closest && event.target.closest("[data-copy]");
    if (!button) return;
    var boxes = button.getAttribute("data-copy").split(" ").map(function (id) {
      return document.getElementById(id);
    });
    /* A press kit is in both languages. */
    var words = texts[button.closest("[lang]").lang];
    var told = button.parentNode.querySelector("[role=status]");
    write(boxes).then(
      function () { say(told, words.copied); },
      function () {
        select(boxes);
        say(told, words.copy_selected);
      }
    );
  }

  /* Browsers offer the clipboard only to pages that came encrypted; elsewhere the old way. */
  function write(boxes) {
    if (navigator.clipboard) {
      return navigator.clipboard.writeText(
        boxes.map(function (box) { return box.textContent; }).join("\n\n")
      );
    }
    select(boxes);
    return document.execCommand("copy") ? Promise.resolve() : Promise.reject(new Error("refused"));
  }

  function select(boxes) {
    var range = document.createRange(), last = boxes[boxes.length - 1];
    range.setStart(boxes[0], 0);
    range.setEnd(last, last.childNodes.length);
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
