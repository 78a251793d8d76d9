/** The five skin tones, light to dark, behind "none". */
export const modifiers = ["", "\u{1F3FB}", "\u{1F3FC}", "\u{1F3FD}", "\u{1F3FE}", "\u{1F3FF}"] as const;

/**
 * Gives every person in an emoji a tone, 0 to 5. Only for emoji that take one. The
 * handshake between two people has none of its own.
 */
export function inTone(emoji: string, tone: number): string {
  const modifier = modifiers[tone];
  if (!modifier) return emoji;
  return emoji.replace(
    /(?!(?<=\u200D)🤝)\p{Emoji_Modifier_Base}\uFE0F?/gu,
    (base) => base.replace("\uFE0F", "") + modifier,
  );
}
