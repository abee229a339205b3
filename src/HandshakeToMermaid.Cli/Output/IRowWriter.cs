using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Cli.Output;

/// <summary>Writes connections as rows, as they come.</summary>
internal interface IRowWriter : IDisposable
{
    void Write(DiagnosedConnection connection);

    void Flush();
}
