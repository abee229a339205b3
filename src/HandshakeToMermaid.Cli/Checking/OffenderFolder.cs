using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Outputs;

namespace HandshakeToMermaid.Cli.Checking;

/// <summary>A directory that gets a diagram of each connection that fails an assertion.</summary>
/// <param name="path">Where it is.</param>
/// <param name="most">How many diagrams are written at most.</param>
/// <param name="redaction">What searches the diagrams for originals; null where nothing is replaced.</param>
internal sealed class OffenderFolder(string path, int most, ProductRedaction? redaction)
{
    private readonly OutputTarget target = new(OutputCatalog.Named("mermaid")!, path.EndsWith('/') ? path : path + '/', new OutputRequest(), redaction);

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <summary>Diagrams written.</summary>
    public int Written { get; private set; }

    /// <summary>Connections that got none, for there were too many.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Writes a connection's diagram, under its number.</summary>
    public void Write(DiagnosedConnection offender, int number)
    {
        if (Written >= most)
        {
            LeftOut++;
            return;
        }

        offender.Connection.Id = number;
        target.Write([offender]);
        Written++;
    }
}
