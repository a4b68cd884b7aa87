/* Each choice in a form marked data-swap changes the page at once: what differs in the page that
   the plain form would lead to takes its place in this one. What is the same is left alone, so
   focus, caret, scrolling, folds and frames stay. */
(function () {
  "use strict";
  var TYPING_PAUSE = 250;
  var main = document.getElementById("content");
  var touched = {};
  var last = null;
  var request = null;
  var timer = 0;
  var composing = false;

  ["input", "change", "submit", "compositionstart", "compositionend"].forEach(function (kind) {
    document.addEventListener(kind, notice);
  });
  window.early.forEach(notice);

  function notice(event) {
    var control = event.target;
    var form = control.closest && control.closest("form[data-swap]");
    if (!form || /^(pointer|key|focus|click)/.test(event.type)) return;
    var typed = isTyped(control);
    composing = event.isComposing || event.type === "compositionstart";
    if (event.type === "compositionend") composing = false;
    else if (event.type === "submit") event.preventDefault();
    // Other controls tell of one choice twice.
    else if (event.type === "input" && !typed) return;
    // What was typed has been told of, letter by letter.
    else if (event.type === "change" && typed && touched[control.name]) return;
    else last = touched[control.name] = control;
    // An answer to what is no longer chosen must not be shown.
    if (request) request.stop();
    request = null;
    clearTimeout(timer);
    var pause = /^(change|submit)$/.test(event.type) ? 0 : TYPING_PAUSE;
    if (!composing) timer = setTimeout(ask, pause, form);
  }

  function isTyped(control) {
    return control.nodeName === "INPUT" && /^(search|text)$/.test(control.type);
  }

  /* Fields that the reader left alone and the address does not name stay out of the address. */
  function ask(form) {
    var shown = new URLSearchParams(location.search);
    var query = new URLSearchParams();
    new FormData(form).forEach(function (value, name) {
      if (value && (touched[name] || shown.has(name))) query.append(name, value);
    });
    var address = new URL(form.action);
    address.search = query;
    var name = nameOf(last);
    request = window.retry.ask(function () { return name; }, function (signal) {
      return fetch(address, { signal: signal }).then(window.retry.check).then(read);
    });
    request.answer.then(function (page) {
      request = null;
      show(page, address);
    });
  }

  /* What was chosen, in the words of the control and its label. */
  function nameOf(control) {
    if (!control) return document.title;
    var label = control.labels && control.labels[0] ? control.labels[0].textContent.trim() : "";
    if (/^(checkbox|radio)$/.test(control.type)) return label;
    var value = control.selectedOptions ? control.selectedOptions[0].text : isTyped(control) ? control.value : "";
    return label && value ? label + ": " + value : label || value || document.title;
  }

  /* A page of somebody else, or half a page, is no answer. */
  function read(answer) {
    return answer.text().then(function (text) {
      // The head's style sheet is this page's own: reading it again costs as much as a screen.
      var page = new DOMParser().parseFromString(text.replace(/<style>[^]*?<\/style>/, ""), "text/html");
      if (!/<\/html>\s*$/.test(text) || !page.querySelector("#content form[data-swap]")) throw { status: 502 };
      return page;
    });
  }

  function show(page, asked) {
    var focused = document.activeElement;
    // Before what changes: afterwards the new address would have it styled twice.
    history.replaceState(null, "", addressOf(page, asked));
    adapt(main, page.getElementById("content"));
    main.querySelectorAll("form[data-swap] :is(input, select)").forEach(settle);
    if (!focused.isConnected && focused.id) (document.getElementById(focused.id) || main).focus({ preventScroll: true });
    document.title = page.title;
    follow("link[rel=canonical]", page);
    follow("#language-switch", page);
    performance.mark("swapped");
    document.dispatchEvent(new Event("swapped"));
  }

  /* The canonical address, with the words that were searched for where it leaves them out. */
  function addressOf(page, asked) {
    var canonical = page.querySelector("link[rel=canonical]");
    if (!canonical) return asked;
    var address = new URL(canonical.href);
    var words = asked.searchParams.get("q");
    if (words && !address.searchParams.has("q")) address.searchParams.set("q", words);
    return address.pathname + address.search;
  }

  function follow(selector, page) {
    var here = document.querySelector(selector);
    var there = page.querySelector(selector);
    if (here && there) here.setAttribute("href", there.getAttribute("href"));
  }

  /* The control shows what the page shows; words that are being typed are the reader's. */
  function settle(control) {
    if (control === document.activeElement && isTyped(control)) return;
    if (control.options) {
      Array.prototype.forEach.call(control.options, function (option) { option.selected = option.defaultSelected; });
      if (control.selectedIndex < 0) control.selectedIndex = 0;
    } else if (/^(checkbox|radio)$/.test(control.type)) control.checked = control.defaultChecked;
    else control.value = control.defaultValue;
  }

  /* Makes one element like another one with as few changes as are easily found. */
  function adapt(here, there) {
    if (here.isEqualNode(there)) return;
    if (here.nodeType !== 1) {
      here.nodeValue = there.nodeValue;
      return;
    }
    // What Dash has drawn is its own.
    if (here.id === "explore") return;
    adaptAttributes(here, there);
    var old = Array.prototype.slice.call(here.childNodes);
    var wanted = Array.prototype.slice.call(there.childNodes);
    wanted.forEach(function (node, place) {
      while (old.length && !isAlike(old[0], node) && !isAmong(old[0], wanted, place + 1)) old.shift().remove();
      if (old.length && isAlike(old[0], node)) adapt(old.shift(), node);
      else here.insertBefore(node, old[0] || null);
    });
    old.forEach(function (node) { node.remove(); });
  }

  function isAmong(node, nodes, from) {
    for (var place = from; place < nodes.length; place++) if (isAlike(node, nodes[place])) return true;
    return false;
  }

  /* A frame that were given another address would leave a step for the button Back. */
  function isAlike(one, other) {
    if (one.nodeName !== other.nodeName) return false;
    if (one.nodeType !== 1) return true;
    if (one.nodeName === "IFRAME") return one.isEqualNode(other);
    return one.id === other.id && one.getAttribute("class") === other.getAttribute("class");
  }

  /* What is folded open stays so. */
  function adaptAttributes(here, there) {
    here.getAttributeNames().forEach(function (name) {
      if (name !== "open" && !there.hasAttribute(name)) here.removeAttribute(name);
    });
    there.getAttributeNames().forEach(function (name) {
      var value = there.getAttribute(name);
      if (name !== "open" && here.getAttribute(name) !== value) here.setAttribute(name, value);
    });
  }
})();
