using System.Globalization;
using System.Text;
using System.Xml;
using HandshakeToMermaid.Assertions;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Cli.Checking;

/// <summary>
/// JUnit's XML as continuous integration reads it: a suite for each capture, a case for each assertion about a connection. There is no standard; it is written so
/// that the schemas of Apache Ant's reports and of Jenkins both accept it.
/// </summary>
internal sealed class JunitReport : ICheckReport
{
    /// <inheritdoc/>
    public string Name => "junit";

    /// <inheritdoc/>
    public void Write(CheckRun run, Stream stream)
    {
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CloseOutput = false }))
        {
            xml.WriteStartElement("testsuites");
            var id = 0;
            foreach (var suite in run.Connections.GroupBy(c => c.Capture, StringComparer.Ordinal)) WriteSuite(xml, suite.Key, id++, [.. suite]);
            xml.WriteEndElement();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WriteSuite(XmlWriter xml, string capture, int id, List<CheckedConnection> connections)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Text(capture));
        xml.WriteAttributeString("package", "h2m");
        xml.WriteAttributeString("id", Number(id));

        // When the handshakes were, in UTC: these attributes have no zone. The time of the check itself says nothing about them.
        xml.WriteAttributeString("timestamp", connections.Select(c => c.Start).Min().ToString()[..19]);
        xml.WriteAttributeString("hostname", "localhost");
        xml.WriteAttributeString("tests", Number(connections.Sum(c => c.Results.Count)));
        xml.WriteAttributeString("failures", Number(connections.Sum(c => c.With(AssertionVerdict.Failed).Count())));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", Number(connections.Sum(c => c.With(AssertionVerdict.Undecided).Count())));
        xml.WriteAttributeString("time", "0");
        xml.WriteStartElement("properties");
        xml.WriteEndElement();
        foreach (var connection in connections)
        {
            foreach (var result in connection.Results) WriteCase(xml, connection, result);
        }

        xml.WriteElementString("system-out", "");
        xml.WriteElementString("system-err", "");
        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, CheckedConnection connection, CheckedAssertion one)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", Text(one.Title));
        xml.WriteAttributeString("classname", Text($"connection {connection.Number} {connection.Server}"));
        xml.WriteAttributeString("time", "0");
        if (one.Result.Verdict != AssertionVerdict.Passed)
        {
            var isFailure = one.Result.Verdict == AssertionVerdict.Failed;
            xml.WriteStartElement(isFailure ? "failure" : "skipped");
            if (isFailure) xml.WriteAttributeString("type", one.Assertion.Name);
            xml.WriteAttributeString("message", Text(one.Text));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    /// <summary>Characters that XML cannot hold, and those that nobody sees, are shown by their code.</summary>
    private static string Text(string text) => string.Join(' ', VisibleText.Of(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
