/** The first thing in a document that does not hold, named so that somebody can look at it. */
export class Broken extends Error {
	override readonly name = 'Broken';
}
