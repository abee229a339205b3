using HandshakeToMermaid.Templating.Syntax.Expressions;
using HandshakeToMermaid.Templating.Syntax.Statements;

namespace HandshakeToMermaid.Templating.Parsing;

/// <content>Definitions of functions.</content>
internal sealed partial class Parser
{
    private FunctionStatement ParseFunction()
    {
        var (at, marker) = Begin();
        var name = Current.Kind is TokenKind.Identifier or TokenKind.LocalIdentifier ? ParseVariable() as PathExpression : null;
        if (name is null) throw Expected("the function's name");
        var definition = ParseFunctionBody(at);
        ExpectEndOfStatement();
        return new FunctionStatement(at, name, definition) { Marker = marker };
    }

    /// <summary>Reads from behind a function's name, or behind <c>do</c>, to its <c>end</c>.</summary>
    private FunctionDefinition ParseFunctionBody(SourceSpan opener)
    {
        var parameters = IsSymbol("(") ? ParseParameters() : null;
        ExpectEndOfStatement();
        // A body is a list of lines even where the function stands between brackets.
        var lines = ignoringLines;
        ignoringLines = 0;
        var body = ParseBlock();
        ignoringLines = lines;
        SkipEnd(opener);
        return new FunctionDefinition(parameters, body, Value: null);
    }

    private Parameter[] ParseParameters()
    {
        var parameters = new List<Parameter>();
        Expect("(");
        while (!IsSymbol(")"))
        {
            if (parameters.Count > 0) Expect(",");
            var at = Here;
            var name = ExpectName("a parameter's name or `)`");
            if (parameters is [.., { TakesRest: true }]) throw at.Error("no parameter can follow one with `...`");
            if (SkipSymbol("..."))
            {
                parameters.Add(new Parameter(name, IsOptional: true, Default: null, TakesRest: true));
            }
            else if (SkipSymbol("="))
            {
                var value = ParseOperandAndMembers() as LiteralExpression ?? throw At(tokens[next - 1]).Error("a parameter's default must be a literal");
                parameters.Add(new Parameter(name, IsOptional: true, value.Value, TakesRest: false));
            }
            else
            {
                if (parameters is [.., { IsOptional: true }]) throw at.Error("no required parameter can follow an optional one");
                parameters.Add(new Parameter(name, IsOptional: false, Default: null, TakesRest: false));
            }
        }
        Skip();
        return [.. parameters];
    }

    private FunctionStatement ParseInlineFunction(CallExpression call, VariableExpression name, IndentMarker marker)
    {
        var parameters = new List<Parameter>();
        foreach (var argument in call.Arguments)
        {
            if (argument is not { Name: null, Value: VariableExpression parameter }) throw call.Span.Error("this cannot be assigned to");
            parameters.Add(new Parameter(parameter.Name, IsOptional: false, Default: null, TakesRest: false));
        }
        Skip();
        var value = ParseExpression();
        ExpectEndOfStatement();
        return new FunctionStatement(call.Span, name, new FunctionDefinition([.. parameters], Body: null, value)) { Marker = marker };
    }
}
