// Sends pictures one by one, each by a request of its own, so that the form only names them. What was sent is put into the
// form at once; what could not be sent stays in a list that says why, to be tried again or removed.
//
//   <div data-upload-zone>                          files can be dropped here
//     <div id="panel"> ... <template data-upload-row>   a new row, with __number__, __key__, __reference__, __name__ ...
//     <div data-upload="/address" data-upload-into="panel" data-upload-largest="bytes"> <input type="file"> <ul> <p> </div>
//   </div>
//
// Without data-upload-into the picture is the one of the field around it (data-upload-one).
(() => {
  "use strict";

  const TYPES = ["image/jpeg", "image/png", "image/gif"];
  const failures = document.getElementById("failures")?.dataset || {};
  const waiting = [];
  let sending = null;
  let saving = null;

  const text = (upload, name, ...values) => values.reduce((said, value, at) => said.replace(`%${at + 1}`, () => value), upload.area.dataset[`text${name}`]);
  const element = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const megabytes = (bytes) => String(Math.round(bytes / 104857.6) / 10);

  // One file on its way.
  function add(area, file) {
    const list = area.querySelector(".upload-list");
    const upload = { area, file, isRenewed: false, error: "" };
    upload.line = element("li", { className: "upload-line" });
    upload.bar = element("progress", { max: 100, value: 0 });
    upload.bar.setAttribute("aria-label", file.name);
    upload.said = element("span", { className: "upload-state" });
    upload.again = element("button", { type: "button", className: "small", textContent: area.dataset.textAgain, hidden: true });
    upload.remove = element("button", { type: "button", className: "small", textContent: area.dataset.textRemove });
    for (const button of [upload.again, upload.remove]) button.setAttribute("aria-label", text(upload, "Of", button.textContent, file.name));
    upload.again.addEventListener("click", () => {
      upload.isRenewed = false;
      queue(upload);
      upload.remove.focus();
    });
    upload.remove.addEventListener("click", () => {
      drop(upload);
      area.querySelector("input[type=file]").focus();
    });
    upload.line.append(element("span", { className: "picture-name", textContent: file.name }), upload.bar, upload.said, upload.again, upload.remove);
    if (!area.dataset.uploadInto) for (const other of [...waiting, ...failed(area)]) if (other.area === area) drop(other);
    list.append(upload.line);
    list.hidden = false;
    upload.line.upload = upload;
    const largest = Number(area.dataset.uploadLargest);
    if (file.size > largest) fail(upload, text(upload, "Large", megabytes(file.size), megabytes(largest)), false);
    else if (file.type && !TYPES.includes(file.type)) fail(upload, text(upload, "Type"), false);
    else queue(upload);
  }

  const failed = (area) => [...area.querySelectorAll(".upload-line.failed")].map((line) => line.upload);

  function queue(upload) {
    upload.line.classList.remove("failed");
    upload.said.removeAttribute("role");
    upload.said.textContent = upload.area.dataset.textWaiting;
    upload.again.hidden = true;
    upload.bar.hidden = false;
    upload.bar.value = 0;
    waiting.push(upload);
    next();
  }

  function drop(upload) {
    const place = waiting.indexOf(upload);
    if (place >= 0) waiting.splice(place, 1);
    if (sending === upload) {
      upload.request?.abort();
      sending = null;
    }
    upload.isGone = true;
    upload.line.remove();
    tidy(upload.area);
    next();
  }

  function tidy(area) {
    const list = area.querySelector(".upload-list");
    list.hidden = !list.children.length;
  }

  function fail(upload, why, canBeTried = true) {
    if (sending === upload) sending = null;
    upload.line.classList.add("failed");
    upload.bar.hidden = true;
    upload.again.hidden = !canBeTried;
    upload.said.setAttribute("role", "alert");
    upload.said.textContent = why;
    next();
  }

  function next() {
    if (sending || !waiting.length) {
      if (!sending) finish();
      return;
    }
    sending = waiting.shift();
    send(sending);
  }

  const keyOf = (page) => page.querySelector("input[name=form_key]")?.value || "";

  function send(upload) {
    const data = new FormData();
    data.append("form_key", keyOf(document));
    data.append("file", upload.file);
    const request = new XMLHttpRequest();
    upload.request = request;
    request.open("POST", upload.area.dataset.upload);
    request.setRequestHeader("Accept", "application/json");
    request.timeout = 600000;
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      const sent = Math.floor((event.loaded / event.total) * 100);
      upload.bar.value = sent;
      upload.said.textContent = sent < 100 ? text(upload, "Sent", sent) : upload.area.dataset.textChecked;
    });
    request.addEventListener("load", () => answered(upload, request));
    request.addEventListener("error", () => fail(upload, failures.gone));
    request.addEventListener("timeout", () => fail(upload, failures.late));
    request.send(data);
  }

  async function answered(upload, request) {
    let answer = null;
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      // A page: its status says enough.
    }
    if (request.status === 200 && answer?.reference) {
      await settled(upload);
      if (upload.isGone) return;
      sending = null;
      take(upload, answer);
      upload.line.remove();
      tidy(upload.area);
      next();
      return;
    }
    let status = request.status;
    // Whoever has signed in again in another tab has another key. Who is no longer signed in may send but little.
    if ([401, 413].includes(status)) {
      const session = await renewKey();
      if (upload.isGone) return;
      if (session === "renewed" && !upload.isRenewed) {
        upload.isRenewed = true;
        send(upload);
        return;
      }
      if (session === "ended") status = 401;
    }
    const because = { 401: text(upload, "Ended"), 403: failures.denied, 408: failures.late, 413: failures.large, 429: failures.busy, 502: failures.busy, 503: failures.busy, 504: failures.late };
    fail(upload, (status !== 401 && answer?.message) || because[status] || failures.failed);
  }

  async function renewKey() {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const key = keyOf(page);
      if (page.querySelector("input[name='login[password]']")) return "ended";
      if (!key || key === keyOf(document)) return "same";
      for (const field of document.querySelectorAll("input[name=form_key]")) field.value = key;
      return "renewed";
    } catch {
      return "unknown";
    }
  }

  // A panel that is just being exchanged would take the new row with it.
  const exchanged = new Set();
  document.addEventListener("htmx:beforeRequest", (event) => exchanged.add(event.detail.xhr));
  for (const end of ["htmx:afterRequest", "htmx:sendAbort"]) {
    document.addEventListener(end, (event) => setTimeout(() => exchanged.delete(event.detail.xhr), 50));
  }

  async function settled(upload) {
    while (exchanged.size && !upload.isGone) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  function take(upload, answer) {
    const field = upload.area.closest("[data-upload-one]");
    if (field) takeOne(field, answer);
    else takeRow(document.getElementById(upload.area.dataset.uploadInto), answer);
    // To be saved: the page warns before it is left.
    upload.area.querySelector("input[type=file]").dispatchEvent(new Event("input", { bubbles: true }));
  }

  function takeOne(field, answer) {
    field.querySelector("[data-upload-reference]").value = answer.reference;
    field.querySelector("img").src = answer.preview;
    field.querySelector("figure .picture-name").textContent = answer.name;
    field.querySelector("[data-upload-delete]").checked = false;
    field.querySelector("figure").hidden = false;
  }

  function takeRow(panel, answer) {
    const list = panel.querySelector("ul");
    const number = list.children.length;
    const keys = [...list.querySelectorAll("input[name$='[key]']")].map((one) => Number(one.value.replace(/^new/, "")) || 0);
    const positions = [...list.querySelectorAll("input[name$='[position]']")].map((one) => Number(one.value) || 0);
    const values = {
      number, key: `new${Math.max(0, ...keys) + 1}`, reference: answer.reference, name: answer.name, preview: answer.preview,
      position: Math.max(0, ...positions) + 1,
    };
    const escaped = (value) => String(value).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
    const row = document.createElement("ul");
    row.innerHTML = panel.querySelector("template[data-upload-row]").innerHTML.replace(/__(\w+?)__/g, (all, name) => (name in values ? escaped(values[name]) : all));
    const added = row.firstElementChild;
    list.append(added);
    for (const part of panel.querySelectorAll("[data-with-pictures]")) part.hidden = part.disabled = false;
    // The first picture that a product gets has all roles.
    if (!number) for (const role of added.querySelectorAll("input[type=radio]")) role.checked = true;
    window.htmx?.process(added);
  }

  // Saving waits for what is on its way.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const areas = [...event.target.querySelectorAll("[data-upload]")];
    const area = areas.find((one) => one.contains(sending?.line || null) || waiting.some((upload) => upload.area === one));
    if (!area) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    saving = { form: event.target, submitter: event.submitter, area };
    area.querySelector(".upload-said").textContent = area.dataset.textSaving;
  }, true);

  function finish() {
    if (!saving) return;
    const { form, submitter, area } = saving;
    saving = null;
    const hasFailed = failed(area).length > 0;
    area.querySelector(".upload-said").textContent = hasFailed ? area.dataset.textUnsaved : "";
    if (!hasFailed) form.requestSubmit(submitter?.isConnected ? submitter : undefined);
  }

  // Choosing and dropping.
  document.addEventListener("change", (event) => {
    const area = event.target.matches?.("[data-upload] input[type=file]") && event.target.closest("[data-upload]");
    if (area) {
      const files = [...event.target.files];
      // The form must not send them once more.
      event.target.value = "";
      for (const file of area.dataset.uploadInto ? files : files.slice(-1)) add(area, file);
    }
    if (event.target.matches?.("[data-upload-delete]")) {
      event.target.closest("[data-upload-one]").querySelector("input[type=file]").dispatchEvent(new Event("input", { bubbles: true }));
    }
  });

  const zoneOf = (event) => event.dataTransfer?.types.includes("Files") && event.target.closest?.("[data-upload-zone]");

  document.addEventListener("dragover", (event) => {
    const zone = zoneOf(event);
    for (const other of document.querySelectorAll(".is-dropped-on")) if (other !== zone) other.classList.remove("is-dropped-on");
    if (!zone) return;
    event.preventDefault();
    zone.classList.add("is-dropped-on");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) for (const zone of document.querySelectorAll(".is-dropped-on")) zone.classList.remove("is-dropped-on");
  });
  document.addEventListener("drop", (event) => {
    const zone = zoneOf(event);
    if (!zone) return;
    event.preventDefault();
    zone.classList.remove("is-dropped-on");
    const area = zone.querySelector("[data-upload]");
    const files = [...event.dataTransfer.files];
    for (const file of area.dataset.uploadInto ? files : files.slice(-1)) add(area, file);
  });

  window.addEventListener("beforeunload", (event) => {
    if (sending || waiting.length) event.preventDefault();
  });

  for (const part of document.querySelectorAll("[data-upload] [data-with-script]")) part.hidden = false;
})();
