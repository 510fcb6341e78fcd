  // A beat that begins with a number of the stream, where one can begin with any; else a cycle.
  function [WIDTH-1:0] golden(input integer from);
    integer lane;
    begin
      golden = expected[from];
      if (UNUSED > 0)
        for (lane = 0; lane < LANES; lane = lane + 1)
          golden[lane*(WIDTH/LANES)+:WIDTH/LANES] =
              expected[(from+lane)/LANES][((from+lane)%LANES)*(WIDTH/LANES)+:WIDTH/LANES];
    end
  endfunction
