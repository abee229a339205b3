using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Cli.Output;

/// <summary>
/// What is stored of a connection until those that began before it are over. A drawing takes less memory than its connection, and a connection that is drawn
/// where it was judged is short-lived: the collector seldom moves it.
/// </summary>
/// <param name="Whole">The connection; null where its file was drawn.</param>
/// <param name="File">Its file; null where that is not drawn yet.</param>
/// <param name="IsFailing">True for what <c>--fail-on</c> asks for; of a whole connection not known yet.</param>
internal sealed record TakenConnection(DiagnosedConnection? Whole, FolderFile? File, bool IsFailing);
