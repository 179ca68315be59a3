// Making elements. Text is always text: nothing a badge says becomes markup.

const SVG = 'http://www.w3.org/2000/svg';

/** el('p', {class: 'n', lang: 'en', onclick: fn}, 'text', child, null) */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

export function icon(name) {
  const use = svg('use', { href: `${document.body.dataset.icons}#i-${name}` });
  return svg('svg', { class: 'icon', 'aria-hidden': 'true', focusable: 'false' }, use);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ''));
  return node;
}
