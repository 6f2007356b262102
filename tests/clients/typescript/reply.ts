// A focal point replies, with the client that is generated from the API's document: tsc looks whether the types fit.

import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { components, paths } from "./generated/schema.js";

type Schemas = components["schemas"];
type Answers = Record<string, Schemas["Answer"]>;

const WORDS = "On révise le règlement des prisons.";

const ANSWERS: Answers = {
  A1: { value: "in_part" },
  A2: { value: ["legislation", "prison_rules"] },
  A3: { value: 1998 },
  A6: { value: { text: WORDS, lang: "fr" } },
  B1: { value: "2010-12-31" },
  B2: { value: 4321 },
  B5: { value: "12.5" },
  B6: { not_available: true },
  D1: { value: ["funds"], comment: { text: "Avant tout.", lang: "fr" } },
  E1: { value: "continued" },
  F1: { value: "yes" },
};

const [url, token, collection, party] = process.argv.slice(2);
assert(url && token && collection && party, "reply.js URL TOKEN COLLECTION PARTY");

const client = createClient<paths>({ baseUrl: url, headers: { Authorization: `Bearer ${token}` } });

/** What was answered, if it is not refused. */
function expect<Data>(answer: { data?: Data; error?: unknown; response: Response }, status = 200): Data {
  assert.equal(answer.response.status, status, JSON.stringify(answer.error));
  assert(answer.data !== undefined);
  return answer.data;
}

/** A day, which is checked; the document's type is a text with a format. */
function day(text: string): string {
  assert.match(text, /^\d{4}-\d\d-\d\d$/);
  return text;
}

function instant(text: string | null | undefined): number {
  assert(typeof text === "string" && text.endsWith("Z"), `${text}`);
  const time = Date.parse(text);
  assert(!Number.isNaN(time), text);
  return time;
}

/** By its type a question has members of its own. */
function limits(question: Schemas["Question"]): unknown {
  switch (question.type) {
    case "one_choice":
      return question.scale;
    case "several_choices":
      return question.exclusive;
    case "text":
      return question.max_length;
    case "decimal":
      return question.places;
    case "whole_number":
    case "date":
    case "year":
      return question.min;
    default:
      return undefined;
  }
}

async function readQuestionnaire(instrument: string, revision: number): Promise<void> {
  const path = { instrument, revision };
  const read = expect(await client.GET("/v1/instruments/{instrument}/revisions/{revision}", { params: { path } }));
  const languages: Schemas["Lang"][] = read.languages;
  assert(languages.includes("fr"));
  const questions = new Map(
    read.questionnaire.sections.flatMap((section) => section.questions.map((question) => [question.code, question])),
  );
  const told = ["A1", "A2", "A6", "B1", "B2", "B5"].map((code) => limits(questions.get(code)!));
  assert.deepEqual(told, ["yes_in_part_no", ["none"], 2000, "2006-01-01", 0, 1]);
  assert.deepEqual(read.scales["yes_in_part_no"]?.map((choice) => choice.value).includes("in_part"), true);
}

function checkAnswers(answers: Answers): void {
  assert.deepEqual(new Set(Object.keys(answers)), new Set(Object.keys(ANSWERS)));
  for (const [code, sent] of Object.entries(ANSWERS)) {
    const read = answers[code];
    assert.deepEqual({ ...read, ...sent }, read, code);
  }
  const words = answers["A6"]?.value;
  assert(typeof words === "object" && words !== null && !Array.isArray(words));
  assert("text" in words);
  assert.equal(words.text, WORDS);
  assert.equal(answers["B5"]?.value, "12.5");
}

const me = expect(await client.GET("/v1/me"));
const role: Schemas["Role"] = me.role;
assert.equal(role, "focal_point");

const ofCollection = { params: { path: { collection } } };
const asked = expect(await client.GET("/v1/collections/{collection}", ofCollection));
const state: Schemas["CollectionStatus"] = asked.status;
assert.equal(state, "open");
assert.equal(day(asked.opened_on), "2011-03-08");
const deadline = instant(asked.deadline.at);
const listed = expect(await client.GET("/v1/collections", { params: { query: { limit: 500 } } }));
assert(listed.items.some((item) => item.id === collection));
await readQuestionnaire(asked.instrument, asked.revision);

const begun = await client.POST("/v1/collections/{collection}/replies", { ...ofCollection, body: {} });
const reply = expect(begun, 201);
assert.equal(reply.party, me.party);
assert.equal(reply.status satisfies Schemas["ReplyStatus"], "draft");
const ofReply = { params: { path: { reply: reply.id } } };

const refused = await client.PATCH("/v1/replies/{reply}/answers", {
  ...ofReply,
  body: { answers: { A1: { value: "perhaps" } } },
});
assert.equal(refused.response.status, 422);
assert.deepEqual(refused.error?.faults?.map((fault) => fault.question), ["A1"]);

const saved = expect(await client.PATCH("/v1/replies/{reply}/answers", { ...ofReply, body: { answers: ANSWERS } }));
assert.deepEqual(new Set(saved.saved), new Set(Object.keys(ANSWERS)));
checkAnswers(expect(await client.GET("/v1/replies/{reply}/answers", ofReply)).answers);

const receipt = expect(await client.POST("/v1/replies/{reply}/submission", { ...ofReply, body: {} }), 201);
const late = deadline < instant(receipt.received_at);
assert.deepEqual([receipt.version, receipt.late, receipt.answers], [1, late, Object.keys(ANSWERS).length]);
assert.match(receipt.leaf ?? "", /^[0-9a-f]{64}$/);

const ofVersion = { params: { path: { reply: reply.id, version: 1 } } };
const version = expect(await client.GET("/v1/replies/{reply}/versions/{version}", ofVersion));
assert.equal(version.submitted.position, receipt.position);
assert.equal(instant(version.submitted.time), instant(receipt.received_at));
assert.equal(version.leaf, receipt.leaf);
checkAnswers(version.answers);
const read = expect(await client.GET("/v1/replies/{reply}", ofReply));
assert.deepEqual([read.status, read.version], ["submitted", 1]);

const [before, now] = await Promise.all(
  [receipt.position - 1, receipt.position].map(async (position) => {
    const query = { as_of: String(position) };
    const params = { ...ofCollection.params, query };
    return expect(await client.GET("/v1/collections/{collection}/participation", { params }));
  }),
);
assert.equal(now!.replied, before!.replied + 1);

console.log(`typescript: ${party} replied`);
