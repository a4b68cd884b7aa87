/* The browser's half of components/markup.py: ready markup inside a Dash component tree. */
window.components = {
  Markup: function (props) {
    var place = React.useRef(null);
    var open = openFolds(place.current).map(words);
    var given = { id: props.id, className: props.className, ref: place };
    Object.keys(props).forEach(function (name) {
      if (/^(data|aria)-/.test(name)) given[name] = props[name];
    });
    given.dangerouslySetInnerHTML = { __html: props.html };
    React.useLayoutEffect(function () {
      /* What a reader has folded open stays so when it is drawn anew. */
      if (open.length) place.current.querySelectorAll("details").forEach(function (fold) { fold.open = fold.open || open.indexOf(words(fold)) >= 0; });
    }, [props.html]);
    return React.createElement(props.inline ? "span" : "div", given);

    function openFolds(root) {
      return root ? Array.from(root.querySelectorAll("details[open]")) : [];
    }

    function words(fold) {
      return fold.querySelector("summary").textContent;
    }
  },
};
