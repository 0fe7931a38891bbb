"use strict";
// The start page. Everything from the server is put in as text, never as HTML.

const byId = (id) => document.getElementById(id);

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined && text !== null) made.textContent = String(text);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

async function ask(query, variables) {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

function table(caption, head, rows) {
  const made = element("table");
  made.append(element("caption", caption));
  const headRow = element("tr");
  for (const cell of head) headRow.append(element("th", cell, { scope: "col" }));
  const top = element("thead");
  top.append(headRow);
  const body = element("tbody");
  for (const row of rows) {
    const line = element("tr");
    for (const cell of row) line.append(element("td", cell ?? "–"));
    body.append(line);
  }
  made.append(top, body);
  return made;
}

const READ = `query Read($advert: String!, $cv: String!) {
  advert: extractSkills(input: {text: $advert, kind: JOB}) { lang mentions { text start end requirement level minYears confidence skill { label } } }
  cv: extractSkills(input: {text: $cv, kind: CV}) { lang mentions { text start end requirement level minYears confidence skill { label } } }
}`;

const ANSWER = `query Answer($advert: String!, $cv: String!) {
  skillGap(input: {profile: {text: $cv}, target: {text: $advert}}) {
    readiness readinessStrict readinessLow readinessHigh explanation warnings
    skills { skill { label } status necessity requiredLevel heldLevel contribution evidence { source text } }
  }
  learningPaths(input: {profile: {text: $cv}, target: {text: $advert}}) {
    status warnings
    plans { objective hours prices { amount currency } readinessAfter
      steps { order course { title provider hours url } teaches { skill { label } level } why } }
    uncovered { skill { label } reason detail }
  }
}`;

// Offsets count code points; JavaScript strings count UTF-16 units.
function marked(caption, text, mentions) {
  const points = Array.from(text);
  const box = element("div", undefined, { class: "text", tabindex: "0", "aria-label": caption });
  let at = 0;
  for (const mention of mentions) {
    box.append(points.slice(at, mention.start).join(""));
    const title = `${mention.skill.label} – ${mention.requirement}` +
      (mention.level ? `, level ${mention.level}` : "") +
      (mention.minYears ? `, ${mention.minYears} years` : "") + `, confidence ${mention.confidence}`;
    box.append(element("mark", points.slice(mention.start, mention.end).join(""), { title, "data-requirement": mention.requirement }));
    at = mention.end;
  }
  box.append(points.slice(at).join(""));
  return box;
}

function percent(value) {
  return value === null ? "not known" : `${Math.round(value * 100)} %`;
}

function showAnswer(result, where) {
  const gap = result.data && result.data.skillGap;
  const paths = result.data && result.data.learningPaths;
  if (gap) {
    where.append(element("h3", "The gap"));
    where.append(element("p", `Readiness ${percent(gap.readiness)} (strict ${percent(gap.readinessStrict)}, between ${percent(gap.readinessLow)} and ${percent(gap.readinessHigh)})`));
    where.append(table("Skills asked for", ["Skill", "Status", "Necessity", "Level asked", "Level held", "Contribution", "Evidence"],
      gap.skills.map((row) => [row.skill.label, row.status, row.necessity, row.requiredLevel, row.heldLevel, row.contribution.toFixed(3),
        row.evidence.map((item) => item.text || item.source).join("; ")])));
    const why = element("ul");
    for (const line of [...gap.explanation, ...gap.warnings]) why.append(element("li", line));
    where.append(why);
  }
  if (paths) {
    where.append(element("h3", "The way there"));
    if (paths.plans.length) {
      const plan = paths.plans[0];
      where.append(table(`${plan.objective}: ${plan.hours} hours, readiness afterwards ${percent(plan.readinessAfter)}`,
        ["Step", "Course", "Provider", "Hours", "Teaches", "Why"],
        plan.steps.map((step) => [step.order, step.course.title, step.course.provider, step.course.hours,
          step.teaches.map((taught) => taught.skill.label).join(", "), step.why])));
    }
    if (paths.uncovered.length) {
      where.append(table("Not reached", ["Skill", "Reason", "Detail"],
        paths.uncovered.map((row) => [row.skill.label, row.reason, row.detail])));
    }
  }
  for (const error of result.errors || []) where.append(element("p", error.message));
}

byId("journey").addEventListener("submit", async (event) => {
  event.preventDefault();
  const advert = byId("advert").value;
  const cv = byId("cv").value;
  const where = byId("journey-result");
  byId("journey-status").textContent = "Reading …";
  try {
    const read = await ask(READ, { advert, cv });
    where.replaceChildren();
    if (read.data && read.data.advert) where.append(element("h3", "Read in the advert"), marked("Advert", advert, read.data.advert.mentions));
    if (read.data && read.data.cv) where.append(element("h3", "Read in the CV"), marked("CV", cv, read.data.cv.mentions));
    byId("journey-status").textContent = "Planning …";
    showAnswer(await ask(ANSWER, { advert, cv }), where);
    byId("journey-status").textContent = "";
  } catch {
    byId("journey-status").textContent = "The server did not answer. Your texts are still here: try again.";
  }
});

byId("query-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  let variables = {};
  try {
    variables = byId("variables").value.trim() ? JSON.parse(byId("variables").value) : {};
  } catch {
    byId("query-status").textContent = "The variables are not JSON.";
    return;
  }
  byId("query-status").textContent = "Asking …";
  try {
    byId("answer").textContent = JSON.stringify(await ask(byId("query").value, variables), null, 2);
    byId("query-status").textContent = "";
  } catch {
    byId("query-status").textContent = "The server did not answer. Try again.";
  }
});

async function start() {
  const about = await (await fetch("/about.json")).json();
  if (about.error) {
    byId("release").append(element("dt", "Release"), element("dd", about.error.message));
    return;
  }
  const release = about.release;
  for (const [name, value] of [["Release", release.number], ["Published", release.publishedAt], ["Concepts", release.conceptCount],
    ["Edges", release.edgeCount], ["Content hash", release.contentHash]]) {
    byId("release").append(element("dt", name), element("dd", value));
  }
  const body = byId("schemes").querySelector("tbody");
  for (const scheme of about.schemes) {
    const row = element("tr");
    for (const cell of [`${scheme.title} (${scheme.key})`, scheme.version, scheme.conceptCount, scheme.licence, scheme.attribution]) {
      row.append(element("td", cell ?? "–"));
    }
    body.append(row);
  }
  const select = byId("example");
  const show = () => {
    const example = about.examples.queries[select.selectedIndex];
    byId("query").value = example.query;
    byId("variables").value = JSON.stringify(example.variables, null, 2);
  };
  for (const example of about.examples.queries) select.append(element("option", example.title));
  select.addEventListener("change", show);
  show();
  byId("sample").addEventListener("click", () => {
    byId("advert").value = about.examples.sample.advert;
    byId("cv").value = about.examples.sample.cv;
  });
}

start().catch(() => { byId("query-status").textContent = "The server did not answer. Reload the page."; });
