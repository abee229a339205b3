using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagnosis;

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
