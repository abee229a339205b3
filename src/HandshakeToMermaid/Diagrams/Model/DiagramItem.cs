namespace HandshakeToMermaid.Diagrams.Model;

/// <summary>One line of a diagram: an arrow or a note.</summary>
/// <param name="From">Id of the participant it starts at (an arrow), or of the left one it covers (a note).</param>
/// <param name="To">Id of the other participant; the same for a note over one.</param>
/// <param name="Lines">Its text, a line each, as it is: every output escapes for itself.</param>
internal abstract record DiagramItem(string From, string To, IReadOnlyList<string> Lines);
