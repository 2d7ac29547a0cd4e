// htmx: how it asks, and what it does with the answer.
import htmx from "htmx.org";
import { say, words } from "./toasts";

type RequestEvent = CustomEvent<{ verb: string; headers: Record<string, string>; formData: FormData }>;
type AnswerEvent = CustomEvent<{ xhr: XMLHttpRequest }>;

Object.assign(htmx.config, {
	allowEval: false,
	allowScriptTags: false,
	includeIndicatorStyles: false,
	// Pages hold personal data: none of them is left in the browser's storage.
	historyCacheSize: 0,
	refreshOnHistoryMiss: true,
	responseHandling: [
		{ code: "204", swap: false },
		{ code: "[23]..", swap: true },
		{ code: "422", swap: true },
		{ code: "[45]..", swap: false, error: true },
	],
});

document.addEventListener("htmx:configRequest", (event) => {
	const { verb, headers, formData } = (event as RequestEvent).detail;
	if (verb === "get" || formData.has("csrfmiddlewaretoken")) return;
	const token = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]");
	if (token) headers["X-CSRFToken"] = token.value;
});

document.addEventListener("htmx:sendError", () => say(words("offline")));

document.addEventListener("htmx:responseError", (event) => {
	const { xhr } = (event as AnswerEvent).detail;
	// Our own refusals bring their words along; a proxy's answer does not.
	if (!xhr.getResponseHeader("HX-Trigger")) say(words("failed"));
});
