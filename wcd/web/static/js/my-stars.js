// Puts the stars of this device into the address, so that the server can show their sessions.
const page = document.querySelector("[data-stars][data-ask]");
if (page) {
  let stars = {};
  try {
    stars = JSON.parse(localStorage.getItem(`wcd-stars:${page.dataset.stars}`)) || {};
  } catch {
    // Nothing is kept here: the page says so.
  }
  const codes = Object.keys(stars);
  if (codes.length) location.replace(`/my/stars?of=${encodeURIComponent(codes.join(","))}`);
}
