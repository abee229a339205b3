namespace HandshakeToMermaid.Cli.Checking;

/// <summary>One form in which results are written.</summary>
internal interface ICheckReport
{
    /// <summary>What the user calls it: "junit".</summary>
    string Name { get; }

    /// <summary>Writes it in UTF-8.</summary>
    void Write(CheckRun run, Stream stream);
}
