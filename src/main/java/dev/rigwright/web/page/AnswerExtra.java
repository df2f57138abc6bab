package dev.rigwright.web.page;

/**
 * What stands around an answer, by where it stands.
 *
 * @param changed what has changed since the link was made that was followed; null for nothing
 * @param link what gives this answer again; null where it has its own address already
 * @param record where it is recorded; null where it cannot be, or is
 * @param budgets whether other budgets can be tried
 */
public record AnswerExtra(String changed, String link, String record, boolean budgets) {}
