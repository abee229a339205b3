namespace HandshakeToMermaid.Browser.Tests;

/// <summary>A drawing as it was measured.</summary>
/// <param name="Width">Its natural width in pixels.</param>
/// <param name="Height">Its natural height in pixels.</param>
/// <param name="SmallestFont">The smallest font of a text, in pixels at the natural size.</param>
/// <param name="Overflows">Texts wider than their note or participant or outside the picture, each with the pixels by which they are.</param>
/// <param name="Crossings">Labels of messages across the lifeline of somebody else.</param>
internal sealed record Picture(double Width, double Height, double SmallestFont, IReadOnlyList<string> Overflows, IReadOnlyList<string> Crossings);
