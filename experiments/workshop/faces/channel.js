// The line to the server: one socket, or waiting requests where sockets are blocked; nothing that was sent is lost.

const AGAIN = [500, 1000, 2000, 4000, 5000];
const BEAT = 10000, SILENCE = 25000;

export class Channel {
  constructor({ base, code, face, changed, closed }) {
    Object.assign(this, { base, code, face, changed, closed: closed || (() => {}) });
    this.public = {};
    this.mine = {};
    this.seen = { public: 0, mine: 0, epoch: "" };
    this.who = null;
    this.state = "connecting";
    this.waiting = new Map();
    this.tries = 0;
    this.opened = false;
    this.offset = 0;
    this.outbox = this.kept();
    for (const [target, type] of [[document, "visibilitychange"], [window, "online"], [window, "pageshow"]]) {
      target.addEventListener(type, () => document.visibilityState !== "hidden" && this.wake());
    }
    this.connect();
  }

  get place() { return `ecopark outbox ${this.code} ${this.face}`; }
  kept() { try { return JSON.parse(localStorage.getItem(this.place)) || []; } catch { return []; } }
  keep() { try { localStorage.setItem(this.place, JSON.stringify(this.outbox)); } catch { /* private mode: memory only */ } }
  now() { return performance.now() + this.offset; }

  wake() {
    if (this.stopped) return;
    if (this.socket && this.socket.readyState === WebSocket.OPEN && performance.now() - this.heard < BEAT) return this.beat();
    this.tries = 0;
    this.drop();
    this.connect();
  }

  drop() {
    clearTimeout(this.timer);
    const old = this.socket;
    this.socket = null;
    if (old) { old.onclose = old.onmessage = old.onerror = old.onopen = null; old.close(); }
  }

  connect() {
    clearTimeout(this.timer);
    if (this.stopped || this.polling) return;
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}${this.base}/w/${this.code}/socket?face=${this.face}`);
    this.socket = socket;
    this.heard = performance.now();
    socket.onopen = () => {
      this.opened = true;
      this.tries = 0;
      socket.send(JSON.stringify({ t: "seen", ...this.seen }));
      this.outbox.forEach((message) => socket.send(JSON.stringify(message)));
    };
    socket.onmessage = (event) => this.take(JSON.parse(event.data));
    socket.onclose = () => this.lost();
    clearInterval(this.pulse);
    this.pulse = setInterval(() => this.beat(), BEAT);
  }

  beat() {
    if (performance.now() - this.heard > SILENCE) { this.drop(); return this.lost(); }
    if (this.socket && this.socket.readyState === WebSocket.OPEN) this.socket.send('{"t":"beat"}');
  }

  lost() {
    if (this.stopped) return;
    this.socket = null;
    this.state = "lost";
    this.changed();
    if (!this.opened && this.tries >= 3) return this.poll();
    this.timer = setTimeout(() => this.connect(), AGAIN[Math.min(this.tries++, AGAIN.length - 1)]);
  }

  async poll() {
    this.polling = true;
    while (!this.stopped) {
      try {
        const asked = new URLSearchParams({ face: this.face, public: this.seen.public, mine: this.seen.mine, epoch: this.seen.epoch });
        const answer = await fetch(`${this.base}/w/${this.code}/wait?${asked}`);
        if (answer.status === 404) return this.take({ t: "unknown" });
        (await answer.json()).forEach((message) => this.take(message));
        for (const message of [...this.outbox]) await this.post(message);
      } catch {
        this.state = "lost";
        this.changed();
        await new Promise((resolve) => setTimeout(resolve, 2000));
      }
    }
  }

  async post(message) {
    const answer = await fetch(`${this.base}/w/${this.code}/act?face=${this.face}`, { method: "POST", body: JSON.stringify(message) });
    this.take(await answer.json());
  }

  take(message) {
    this.heard = performance.now();
    if (message.now !== undefined) this.offset = message.now - performance.now();
    if (message.t === "frame" || message.t === "mine") this.merge(message);
    else if (message.t === "hello") { this.who = message.who; this.state = "here"; this.seen.epoch = message.epoch; this.changed(); }
    else if (message.t === "ack") this.acknowledge(message);
    else if (message.t === "unknown" || message.t === "closed") { this.stopped = true; this.state = "gone"; this.changed(); this.closed(message.t); }
  }

  merge(message) {
    const name = message.t === "frame" ? "public" : "mine";
    if (this.seen.epoch && message.epoch !== this.seen.epoch) {
      this.public = {};
      this.mine = {};
      this.seen = { public: 0, mine: 0, epoch: message.epoch };
    }
    Object.assign(this[name], message.set);
    this.seen[name] = message.n;
    this.seen.epoch = message.epoch;
    this.state = "here";
    this.changed();
  }

  acknowledge(message) {
    this.outbox = this.outbox.filter((sent) => sent.id !== message.id);
    this.keep();
    if (message.who !== undefined && message.who !== null) this.who = message.who;
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (waiting) waiting(message);
    this.changed();
  }

  // Send an act; the promise brings its acknowledgement, after a reconnect if need be.
  act(name, terms = {}) {
    const id = Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) => byte.toString(36).padStart(2, "0")).join("");
    const message = { t: "act", id, act: name, terms };
    this.outbox.push(message);
    this.keep();
    const answered = new Promise((resolve) => this.waiting.set(id, resolve));
    if (this.polling) this.post(message).catch(() => {});
    else if (this.socket && this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
    return answered;
  }

  stop() {
    this.stopped = true;
    clearInterval(this.pulse);
    this.drop();
  }
}
