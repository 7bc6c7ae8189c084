// Elements, and bringing what is shown in line with what should be, so that a field keeps its focus and its text.

export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  element._on = {};
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      element._on = value;
      Object.keys(value).forEach((type) => listen(element, type));
    } else if (name === "key") element.dataset.key = value;
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false).map(node));
  return element;
}

function node(child) {
  return child instanceof Node ? child : document.createTextNode(String(child));
}

function listen(element, type) {
  element._heard = element._heard || new Set();
  if (element._heard.has(type)) return;
  element._heard.add(type);
  element.addEventListener(type, (event) => element._on[type] && element._on[type](event));
}

export function morph(from, to) {
  if (!(from instanceof Element) || !(to instanceof Element)) {
    if (from.nodeType === to.nodeType && from.nodeType === Node.TEXT_NODE) {
      if (from.data !== to.data) from.data = to.data;
      return from;
    }
    from.replaceWith(to);
    return to;
  }
  if (from.nodeName !== to.nodeName || from.dataset.key !== to.dataset.key || to.tagName === "CANVAS" && !from._drawn) {
    from.replaceWith(to);
    return to;
  }
  attributes(from, to);
  from._on = to._on || {};
  Object.keys(from._on).forEach((type) => listen(from, type));
  if ("value" in to && from !== document.activeElement && ["INPUT", "SELECT", "TEXTAREA"].includes(from.tagName)) {
    if (from.type !== "checkbox" && from.type !== "radio" && from.value !== to.value) from.value = to.value;
    if (from.checked !== to.checked) from.checked = to.checked;
  }
  if (from.tagName !== "CANVAS") childrenOf(from, to);
  return from;
}

function attributes(from, to) {
  for (const { name } of [...from.attributes]) if (!to.hasAttribute(name) && !name.startsWith("data-live")) from.removeAttribute(name);
  for (const { name, value } of [...to.attributes]) if (from.getAttribute(name) !== value) from.setAttribute(name, value);
}

function childrenOf(from, to) {
  const wanted = [...to.childNodes];
  const keyed = new Map([...from.children].filter((child) => child.dataset.key).map((child) => [child.dataset.key, child]));
  wanted.forEach((child, place) => {
    const key = child instanceof Element ? child.dataset.key : undefined;
    let here = from.childNodes[place];
    if (key && keyed.has(key) && keyed.get(key) !== here) {
      from.insertBefore(keyed.get(key), here || null);
      here = keyed.get(key);
    }
    if (!here) from.append(child);
    else morph(here, child);
  });
  while (from.childNodes.length > wanted.length) from.lastChild.remove();
}

// Keys of a whole face: by the name of the key; none while somebody types.
export function keys(root, actions) {
  document.addEventListener("keydown", (event) => {
    const typing = ["INPUT", "TEXTAREA", "SELECT"].includes(event.target.tagName) && event.key !== "Escape";
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!typing && action && root.isConnected && !event.ctrlKey && !event.metaKey && !event.altKey) action(event);
  });
}

export function show(root, ...children) {
  const next = root.cloneNode(false);
  next.append(...children.flat(3).filter(Boolean));
  childrenOf(root, next);
}
