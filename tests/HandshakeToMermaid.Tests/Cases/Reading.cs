using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Tests.Cases;

/// <summary>Reads a capture through all rooms.</summary>
internal static class Reading
{
    /// <summary>What is found in a file.</summary>
    public static List<DiagnosedConnection> Of(string path, AnalyzerOptions? options = null)
        => Of(CaptureFiles.Open([path], AnalyzerLimits.Default), options).Connections;

    /// <summary>What is found in bytes, and what could not be read.</summary>
    public static (List<DiagnosedConnection> Connections, AnalysisSummary Summary) Of(byte[] capture, AnalyzerOptions? options = null)
        => Of(CaptureFiles.Open(new MemoryStream(capture), "bytes", AnalyzerLimits.Default), options);

    /// <summary>What is found in a sample, with its key log where it has one.</summary>
    public static List<DiagnosedConnection> OfSample(string name)
    {
        var folder = Checkout.PathOf("samples", name);
        var keyLog = Path.Combine(folder, "keys.log");
        return Of(Directory.EnumerateFiles(folder, "capture.pcap*").First(), File.Exists(keyLog) ? WithSecrets(File.ReadAllBytes(keyLog)) : null);
    }

    /// <summary>Options with the secrets of a key log.</summary>
    public static AnalyzerOptions WithSecrets(ReadOnlySpan<byte> keyLog)
    {
        var secrets = new SecretStore();
        KeyLog.Read(keyLog, secrets);
        return new AnalyzerOptions { Secrets = secrets };
    }

    private static (List<DiagnosedConnection> Connections, AnalysisSummary Summary) Of(ICaptureSource source, AnalyzerOptions? options)
    {
        using (source)
        {
            var connections = new List<DiagnosedConnection>();
            var summary = new HandshakeAnalyzer(options).Analyze(source, connections.Add);
            return (connections, summary);
        }
    }
}
