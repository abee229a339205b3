using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Cli.Output;

/// <summary>Writes connections as rows, as they come.</summary>
internal interface IRowWriter : IDisposable
{
    /// <summary>What is stored of a connection until it is written.</summary>
    object RowOf(DiagnosedConnection connection);

    /// <summary>What of a stored row is written, its number apart.</summary>
    string TextOf(object row);

    /// <summary>Writes a row under its number.</summary>
    void Write(int number, object row);

    void Flush();
}
