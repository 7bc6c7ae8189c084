// A page whose server has gone comes back by itself: once the server answers again, the page is loaded anew.
(() => {
  let lost = 0;
  setInterval(async () => {
    const page = window.app && window.app.$data;
    lost = page && page.wasConnected && page.connectionStatus !== "connected" ? lost + 1 : 0;
    if (lost < 4) return; // the connection tries by itself first, and then nothing is lost
    try {
      const answer = await fetch(`${solara.rootPath}/readyz`, {cache: "no-store"});
      if (answer.ok) location.reload();
    } catch (error) { /* not yet */ }
  }, 1000);
})();
