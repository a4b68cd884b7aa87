/* The browser's half of components/markup.py: ready markup inside a Dash component tree. */
window.components = {
  Markup: function (props) {
    var given = { id: props.id, className: props.className };
    Object.keys(props).forEach(function (name) {
      if (/^(data|aria)-/.test(name)) given[name] = props[name];
    });
    given.dangerouslySetInnerHTML = { __html: props.html };
    return React.createElement(props.inline ? "span" : "div", given);
  },
};
